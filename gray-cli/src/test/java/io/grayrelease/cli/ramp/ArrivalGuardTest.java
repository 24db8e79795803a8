package io.grayrelease.cli.ramp;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.grayrelease.cli.fleet.FleetServer;
import io.grayrelease.cli.fleet.ZooKeeper;
import io.grayrelease.cli.fleet.ZooKeeperPlace;
import io.grayrelease.cli.ramp.Judgement.Kind;

import static org.assertj.core.api.Assertions.assertThat;

class ArrivalGuardTest {
    private static final String EIGHT = "2026-11-24T08:00:00Z";
    private static final Judgement PASS = new Judgement(Kind.PASS, "fine");

    private FleetServer fleet;
    private ZooKeeper zooKeeper;

    @BeforeEach
    void start() throws Exception {
        fleet = FleetServer.start();
        zooKeeper = ZooKeeper.connect(ZooKeeperPlace.of(fleet.address()));
    }

    @AfterEach
    void stop() throws Exception {
        zooKeeper.close();
        fleet.close();
    }

    private Judgement ask(Judgement other) {
        return new ArrivalGuard(() -> other, zooKeeper, () -> "25f5b3f18ec8").ask();
    }

    @Test
    void step_thatHasNotArrived_isHeld() throws Exception {
        fleet.accepts("10.0.0.1:20880", "25f5b3f18ec8", EIGHT).accepts("10.0.0.2:20880", "cffe0e4453c7", EIGHT);

        assertThat(ask(PASS)).isEqualTo(new Judgement(Kind.HOLD, "1 of 2 processes run on policy 25f5b3f18ec8"));
        fleet.accepts("10.0.0.2:20880", "25f5b3f18ec8", EIGHT);
        assertThat(ask(PASS)).isEqualTo(PASS);
    }

    @Test
    void fleet_ofNobody_holds() {
        assertThat(ask(PASS)).isEqualTo(new Judgement(Kind.HOLD, "no process tells its policy here"));
    }

    @Test
    void breach_goesThrough_whateverTheFleetIs() {
        Judgement breach = new Judgement(Kind.BREACH, "too many errors");

        assertThat(ask(breach)).isEqualTo(breach);
    }

    @Test
    void zooKeeper_thatIsAway_holds() throws Exception {
        fleet.accepts("10.0.0.1:20880", "25f5b3f18ec8", EIGHT);
        fleet.away();

        assertThat(ask(PASS).kind()).isEqualTo(Kind.HOLD);
        assertThat(ask(PASS).reason()).contains("cannot read ZooKeeper at");
    }
}
