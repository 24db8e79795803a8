package io.grayrelease.nginx.registry;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import io.grayrelease.nginx.model.Server;

import static org.assertj.core.api.Assertions.assertThat;

class BeliefTest {
    private static Set<Server> servers(Integer... last) {
        return Arrays.stream(last)
                .map(number -> new Server("10.0.0." + number + ":80", "1.0.0"))
                .collect(Collectors.toSet());
    }

    private static Belief of(Set<Server> known) {
        Belief belief = new Belief(null);
        belief.sees(known, false);
        belief.connected();
        return belief;
    }

    @Test
    void unknown_believesAnything_evenNone() {
        Belief belief = new Belief(null);
        assertThat(belief.servers()).isNull();

        assertThat(belief.sees(servers(), true)).isTrue();
        assertThat(belief.servers()).isEmpty();
    }

    @Test
    void none_isBelieved_whenZooKeeperWasThereAllTheTime() {
        Belief belief = of(servers(1, 2));

        assertThat(belief.sees(servers(), false)).isTrue();
        assertThat(belief.servers()).isEmpty();
    }

    @Test
    void none_isNotBelieved_rightAfterZooKeeperWasReached() {
        Belief belief = of(servers(1, 2));

        assertThat(belief.sees(servers(), true)).isFalse();
        assertThat(belief.servers()).isEqualTo(servers(1, 2));
    }

    @Test
    void half_isBelieved_moreIsNot() {
        Belief belief = of(servers(1, 2, 3, 4));

        assertThat(belief.sees(servers(1, 2), true)).isTrue();
        assertThat(belief.servers()).isEqualTo(servers(1, 2));
        assertThat(belief.sees(servers(1), true)).isFalse();
        assertThat(belief.servers()).isEqualTo(servers(1, 2, 3, 4));
    }

    @Test
    void newOnes_countBesideThoseThatAreNotBelievedLost() {
        Belief belief = of(servers(1, 2));

        belief.sees(servers(3), true);

        assertThat(belief.servers()).isEqualTo(servers(1, 2, 3));
    }

    @Test
    void sameAddressWithAnotherVersion_isNoLoss() {
        Belief belief = of(servers(1));
        Set<Server> next = Set.of(new Server("10.0.0.1:80", "2.0.0"));

        assertThat(belief.sees(next, true)).isTrue();
        assertThat(belief.servers()).isEqualTo(next);
    }

    @Test
    void loss_isBelieved_whenTheTimeIsOver() {
        Belief belief = of(servers(1, 2));
        belief.sees(servers(), true);

        belief.sees(servers(), false);

        assertThat(belief.servers()).isEmpty();
    }
}
