package io.grayrelease.nginx.agent;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Times in milliseconds, from a start that is negative, as that of System.nanoTime may be. */
class ScheduleTest {
    private static final long START = -1_000_000;

    private final Schedule schedule = new Schedule(Duration.ofMillis(500), Duration.ofSeconds(5));

    private static long at(long millis) {
        return (START + millis) * 1_000_000;
    }

    private long due(long now) {
        return Math.max(0, schedule.untilDue(at(now)) / 1_000_000);
    }

    /** A turn that ended well long ago. */
    private void settled() {
        schedule.begin();
        schedule.succeeded(at(-100_000), true);
        schedule.begin();
        schedule.succeeded(at(0), false);
    }

    @Test
    void start_isAtOnce() {
        assertThat(due(0)).isZero();
    }

    @Test
    void nothing_isCheckedAfterFiveSeconds() {
        settled();

        assertThat(due(0)).isEqualTo(5_000);
        assertThat(due(4_000)).isEqualTo(1_000);
    }

    @Test
    void policy_isAtOnce_butNotSoonAfterTheChangeBefore() {
        settled();
        schedule.urgent();
        assertThat(due(100)).isZero();

        schedule.begin();
        schedule.succeeded(at(100), true);
        schedule.urgent();
        assertThat(due(1_100)).isEqualTo(4_000);
        assertThat(due(5_100)).isZero();
    }

    @Test
    void policy_isAtOnce_whereChangesCostNothing() {
        Schedule lua = new Schedule(Duration.ofMillis(500), Duration.ZERO);
        lua.begin();
        lua.succeeded(at(0), true);
        lua.urgent();

        assertThat(lua.untilDue(at(0))).isZero();
    }

    @Test
    void servers_waitUntilTheyAreQuiet_butNotForEver() {
        settled();
        schedule.serversChanged(at(100));
        assertThat(due(100)).isEqualTo(500);
        schedule.serversChanged(at(500));
        assertThat(due(600)).isEqualTo(400);

        for (long now = 600; now <= 5_000; now += 400) {
            schedule.serversChanged(at(now));
        }
        assertThat(due(5_000)).isLessThanOrEqualTo(100);
    }

    @Test
    void failures_areTriedAgainLaterAndLater_upToAMinute() {
        settled();
        long now = 0;
        for (long expected : new long[] {1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000}) {
            schedule.begin();
            schedule.failed(at(now));
            assertThat(due(now)).isEqualTo(expected);
            now += expected;
        }
        for (int i = 0; i < 100; i++) {
            schedule.failed(at(now));
        }
        assertThat(due(now)).isEqualTo(60_000);

        schedule.begin();
        schedule.succeeded(at(now), false);
        schedule.begin();
        schedule.failed(at(now));
        assertThat(due(now)).isEqualTo(1_000);
    }

    @Test
    void failure_doesNotHoldANewPolicyBack() {
        settled();
        schedule.begin();
        schedule.failed(at(0));
        schedule.failed(at(0));
        schedule.urgent();

        assertThat(due(0)).isZero();
    }

    @Test
    void change_thatComesWithinATurn_needsAnother() {
        settled();
        schedule.begin();
        schedule.urgent();
        schedule.succeeded(at(10), false);

        assertThat(due(10)).isZero();
    }

    @Test
    void edge_isKept_ifItComesBeforeTheNextCheck() {
        settled();
        schedule.edge(at(1_234));

        assertThat(due(1_000)).isEqualTo(234);
        schedule.begin();
        schedule.succeeded(at(1_300), false);
        assertThat(due(1_300)).isEqualTo(5_000);
    }
}
