package io.grayrelease.cli.ramp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.cli.portal.Portal;
import io.grayrelease.cli.portal.PortalNamespace;
import io.grayrelease.cli.portal.PortalServer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class RampTest {
    private static final String KEY = "gray.rule.1-r";
    private static final Judgement PASS = new Judgement(Judgement.Kind.PASS, "fine");
    private static final Judgement HOLD = new Judgement(Judgement.Kind.HOLD, "too few");
    private static final Judgement BREACH = new Judgement(Judgement.Kind.BREACH, "too slow");
    private static final Ramp.Pace AT_ONCE = new Ramp.Pace(Duration.ZERO, Duration.ofMillis(1));

    @TempDir
    Path folder;

    private final Deque<Judgement> judgements = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    private PortalServer server;
    private PortalRule rule;

    @BeforeEach
    void start() throws IOException {
        server = PortalServer.start();
        server.edit("gray.route.T", "a.B:2.0.0")
                .edit(KEY, "hash(uid) < 1% => T ; off")
                .release("start");
        Portal portal = Portal.at(
                server.url(),
                PortalServer.TOKEN,
                new PortalNamespace("DEV", "order-app", "default", "gray-policy"),
                "ann");
        rule = new PortalRule(portal, KEY);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyStep_isPublishedWhenTheGuardPassed_andLogged() throws Exception {
        guardSays(HOLD, PASS, PASS);

        assertThat(ramp("1%,5%", AT_ONCE).run()).isTrue();

        assertThat(server.latest().values()).containsEntry(KEY, "hash(uid) < 5% => T");
        assertThat(told).containsExactly("step 1%", "hold 1%", "passed 1%", "step 5%", "passed 5%", "done 5%");
        assertThat(Files.readAllLines(folder.resolve("ramp.log")))
                .hasSize(6)
                .allMatch(line -> line.startsWith("{\"at\":\"2") && line.contains("\"rule\":\"" + KEY + "\""));
    }

    @Test
    void breach_takesTheRuleOff_atOnce() throws Exception {
        guardSays(PASS, BREACH);

        assertThat(ramp("1%,5%,100%", AT_ONCE).run()).isFalse();

        assertThat(server.latest().values()).containsEntry(KEY, "hash(uid) < 5% => T ; off");
        assertThat(server.latest().title()).isEqualTo("ramp " + KEY + ": off, too slow");
        assertThat(told).endsWith("step 5%", "breach 5%");
    }

    @Test
    void guardThatPasses_doesNotShortenAStep() throws Exception {
        Ramp ramp = ramp("1%,5%", new Ramp.Pace(Duration.ofDays(1), Duration.ofMillis(1)));
        CompletableFuture<Boolean> result = run(ramp);

        await().until(() ->
                judgements.size() == 0 && server.latest().values().get(KEY).equals("hash(uid) < 1% => T"));
        ramp.stop();

        assertThat(result.get(10, SECONDS)).isFalse();
        assertThat(told).containsExactly("step 1%", "stopped 1%");
    }

    @Test
    void rampThatWasBrokenOff_goesOnWhereItWas_andAsksFirst() throws Exception {
        server.edit(KEY, "hash(uid) < 5% => T").release("by hand");
        guardSays(HOLD, PASS, PASS);

        assertThat(ramp("1%,5%,25%", AT_ONCE).run()).isTrue();

        assertThat(told).containsExactly("resumed 5%", "hold 5%", "passed 5%", "step 25%", "passed 25%", "done 25%");
    }

    @Test
    void whatOthersWroteAndDidNotRelease_staysSo() throws Exception {
        server.edit("gray.switch", "off");

        ramp("1%", AT_ONCE).run();

        assertThat(server.latest().values()).doesNotContainKey("gray.switch").containsEntry(KEY, "hash(uid) < 1% => T");
        assertThat(server.edited())
                .isEqualTo(Map.of("gray.route.T", "a.B:2.0.0", KEY, "hash(uid) < 1% => T", "gray.switch", "off"));
    }

    @Test
    void ruleThatSomebodyElseChanges_isLeftAlone() throws Exception {
        Guard guard = () -> {
            server.edit(KEY, "hash(uid) < 2% => T").release("by hand");
            return PASS;
        };

        assertThatThrownBy(() -> ramp("1%,5%", AT_ONCE, guard).run())
                .isInstanceOf(RampException.class)
                .hasMessageContaining("changed by somebody else")
                .hasMessageContaining("hash(uid) < 2% => T");
        assertThat(server.latest().values()).containsEntry(KEY, "hash(uid) < 2% => T");
    }

    @Test
    void policyThatServicesWouldRefuse_isNotPublished() {
        server.edit("gray.switch", "offf").release("bad");

        assertThatThrownBy(() -> ramp("1%", AT_ONCE).run())
                .isInstanceOf(RampException.class)
                .hasMessageContaining("gray.switch");
        assertThat(server.latest().title()).isEqualTo("bad");
    }

    @Test
    void missingRule_isSaid() {
        server.edit(KEY, "hash(uid) < 1% => T").release("x");
        PortalRule other = new PortalRule(
                Portal.at(
                        server.url(),
                        PortalServer.TOKEN,
                        new PortalNamespace("DEV", "order-app", "default", "gray-policy"),
                        "ann"),
                "gray.rule.9-none");

        assertThatThrownBy(other::released).hasMessage("gray.rule.9-none is not released");
    }

    /** In this order, then passing for ever. */
    private void guardSays(Judgement... inOrder) {
        judgements.addAll(Arrays.asList(inOrder));
    }

    private Ramp ramp(String steps, Ramp.Pace pace) {
        return ramp(steps, pace, () -> judgements.isEmpty() ? PASS : judgements.pop());
    }

    private Ramp ramp(String steps, Ramp.Pace pace, Guard guard) {
        RampLog log = new RampLog(
                folder.resolve("ramp.log"),
                Clock.systemUTC(),
                entry -> told.add(entry.event() + " " + entry.percentage()));
        return new Ramp(rule, Step.all(steps), guard, pace, log);
    }

    private static CompletableFuture<Boolean> run(Ramp ramp) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return ramp.run();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
