package io.grayrelease.cli.portal;

import java.io.IOException;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PortalTest {
    private static final PortalNamespace NAMESPACE = new PortalNamespace("DEV", "order-app", "default", "gray-policy");

    private PortalServer server;
    private Portal portal;

    @BeforeEach
    void start() throws IOException {
        server = PortalServer.start();
        portal = Portal.at(server.url(), PortalServer.TOKEN, NAMESPACE, "ann");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void editAreaAndRelease_areReadApart_withoutComments() {
        server.edit("gray.switch", "on").release("first").edit("gray.switch", "off");

        assertThat(portal.edited()).isEqualTo(Map.of("gray.switch", "off"));
        assertThat(portal.released()).isEqualTo(Map.of("gray.switch", "on"));
    }

    @Test
    void namespaceThatWasNeverReleased_hasReleasedNothing() {
        assertThat(portal.released()).isEmpty();
    }

    @Test
    void edit_changesOnlyWhatDiffers() {
        server.edit("gray.list.a", "1").edit("gray.list.b", "2").edit("gray.list.c", "3");

        portal.edit(Map.of("gray.list.a", "1", "gray.list.b", "20", "gray.rule.1-r", "uid == 1 => T"));

        assertThat(server.edited())
                .isEqualTo(Map.of("gray.list.a", "1", "gray.list.b", "20", "gray.rule.1-r", "uid == 1 => T"));
        assertThat(server.changes()).hasSize(3).noneMatch(change -> change.contains("gray.list.a"));
    }

    @Test
    void release_isInTheNameOfTheOperator() {
        portal.publish(keys -> keys.put("gray.switch", "on"), "turn on", "after the tests");

        assertThat(server.latest().title()).isEqualTo("turn on");
        assertThat(server.latest().by()).isEqualTo("ann");
        assertThat(server.latest().values()).isEqualTo(Map.of("gray.switch", "on"));
    }

    @Test
    void publish_leavesWhatOthersWrote_unreleased() {
        server.edit("gray.switch", "on").edit("other.key", "1").release("first").edit("other.key", "2");

        portal.publish(keys -> keys.put("gray.switch", "off"), "off", "");

        assertThat(portal.released()).isEqualTo(Map.of("gray.switch", "off", "other.key", "1"));
        assertThat(portal.edited()).isEqualTo(Map.of("gray.switch", "off", "other.key", "2"));
    }

    @Test
    void rollBack_bringsReleaseAndEditAreaBack() {
        server.edit("gray.switch", "on").edit("gray.list.a", "1").release("good");
        server.edit("gray.switch", "offf").edit("gray.list.new", "2").release("bad");

        portal.rollBack();

        assertThat(server.latest().title()).isEqualTo("good");
        assertThat(portal.released()).isEqualTo(Map.of("gray.switch", "on", "gray.list.a", "1"));
        assertThat(portal.edited()).isEqualTo(portal.released());
    }

    @Test
    void rollBackThatBreaksOff_saysThatTheEditAreaIsStillTheBadOne() {
        server.edit("gray.switch", "on")
                .release("good")
                .edit("gray.switch", "offf")
                .release("bad");
        server.breakAfter(1);

        assertThatThrownBy(() -> portal.rollBack())
                .isInstanceOf(PortalException.class)
                .hasMessageContaining("the release is rolled back, but the edit area is not");
        assertThat(server.edited()).isEqualTo(Map.of("gray.switch", "offf"));
    }

    @Test
    void nothingToRollBack_isSaid() {
        assertThatThrownBy(() -> portal.rollBack())
                .isInstanceOf(PortalException.class)
                .hasMessage("DEV/order-app/default/gray-policy has no release to roll back");
    }

    @Test
    void wrongToken_isSaidWithoutTheToken() {
        Portal stranger = Portal.at(server.url(), "another-secret", NAMESPACE, "ann");

        assertThatThrownBy(stranger::edited)
                .isInstanceOf(PortalException.class)
                .hasMessage("DEV/order-app/default/gray-policy: the portal does not know the token")
                .hasMessageNotContaining("another-secret");
    }

    @Test
    void missingNamespace_isSaid() {
        PortalNamespace other = new PortalNamespace("DEV", "order-app", "default", "nothing");

        assertThatThrownBy(() -> Portal.at(server.url(), PortalServer.TOKEN, other, "ann")
                        .edited())
                .hasMessage("DEV/order-app/default/nothing: the portal has no such namespace");
    }

    @Test
    void portalThatIsAway_isSaidWithItsAddress() {
        server.close();

        assertThatThrownBy(() -> portal.edited())
                .isInstanceOf(PortalException.class)
                .hasMessageContaining("the portal at " + server.url() + " cannot be asked");
    }
}
