package io.grayrelease.matrix.driver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.apache.curator.test.TestingServer;
import org.awaitility.Awaitility;

import io.grayrelease.demo.servers.ApolloEndpoint;
import io.grayrelease.policy.model.Snapshot;

/** What happens to a fleet while it is called. Not thread-safe. */
final class Faults {
    private static final String NAMESPACE = "gray-policy";
    private static final Duration CONVERGES = Duration.ofSeconds(60);
    private static final Duration AWAY = Duration.ofSeconds(5);

    private final SoakFleet fleet;
    private final Timeline timeline;
    private final ApolloEndpoint apollo;
    private final TestingServer zooKeeper;
    private final Random random;
    private final Map<String, Integer> counts = new TreeMap<>();
    private SoakPolicy policy;
    private int next;

    Faults(
            SoakFleet fleet,
            Timeline timeline,
            ApolloEndpoint apollo,
            TestingServer zooKeeper,
            SoakPolicy policy,
            Random random) {
        this.fleet = fleet;
        this.timeline = timeline;
        this.apollo = apollo;
        this.zooKeeper = zooKeeper;
        this.policy = policy;
        this.random = random;
    }

    /** Makes one happen, each kind in its turn; returns its name when all is well again. */
    String happen() throws Exception {
        List<Step> steps = List.of(
                new Step("good policy published", this::publish),
                new Step("provider taken offline, stopped and started", () -> restart(false)),
                new Step("broken policy published", this::publishBroken),
                new Step("provider killed with -9 and started", () -> restart(true)),
                new Step("good policy published", this::publish),
                new Step("ZooKeeper restarted", this::restartZooKeeper),
                new Step("provider killed with -9 and started", () -> restart(true)),
                new Step("Apollo away, a policy published meanwhile", this::apolloAway),
                new Step("provider taken offline, stopped and started", () -> restart(false)));
        Step step = steps.get(next++ % steps.size());
        step.action.run();
        counts.merge(step.name, 1, Integer::sum);
        return step.name;
    }

    Map<String, Integer> counts() {
        return counts;
    }

    private void publish() {
        timeline.publishing(newPolicy());
        apollo.publish(NAMESPACE, policy.keys());
        awaitInForce();
    }

    /** The policy before it stays. */
    private void publishBroken() throws InterruptedException {
        apollo.publish(NAMESPACE, policy.brokenKeys());
        pause();
        awaitInForce();
    }

    private void restart(boolean kill) throws InterruptedException {
        SoakFleet.Member member = SoakFleet.REPLACEABLE.get(random.nextInt(SoakFleet.REPLACEABLE.size()));
        List<Timeline.Absence> absences = absences(member, kill);
        if (kill) {
            fleet.process(member).kill();
        } else {
            fleet.process(member).takeOffline();
            pause();
            fleet.process(member).stop();
        }
        fleet.replace(member);
        absences.forEach(timeline::back);
        awaitInForce();
    }

    /** A provider whose own calls fail looks as failed to its consumers: Dubbo sets it aside for a moment too. */
    private List<Timeline.Absence> absences(SoakFleet.Member member, boolean kill) {
        List<Timeline.Absence> absences = new ArrayList<>();
        absences.add(timeline.absent(member.service(), member.isOnlyOne() ? member.version() : null, kill));
        if (kill && member.service().equals("end")) {
            absences.add(timeline.absent("middle", SoakPolicy.GRAY, true));
            absences.add(timeline.absent("middle", SoakPolicy.BASELINE, true));
        }
        return absences;
    }

    private void restartZooKeeper() throws Exception {
        // Dubbo subscribes anew, one service after the other, and may see part of the addresses only.
        List<Timeline.Absence> absences = SoakFleet.REPLACEABLE.stream()
                .map(member -> timeline.absent(member.service(), member.version(), false))
                .toList();
        zooKeeper.stop();
        pause();
        zooKeeper.restart();
        pause();
        absences.forEach(timeline::back);
    }

    private void apolloAway() throws InterruptedException {
        apollo.setAway(true);
        timeline.publishing(newPolicy());
        apollo.publish(NAMESPACE, policy.keys());
        pause();
        apollo.setAway(false);
        awaitInForce();
    }

    private SoakPolicy newPolicy() {
        policy = new SoakPolicy(random.nextInt(5) > 0, 1 + random.nextInt(8));
        return policy;
    }

    private void awaitInForce() {
        String hash = Snapshot.of(policy.keys()).hash();
        Awaitility.await().atMost(CONVERGES).until(() -> fleet.haveInForce(hash));
        timeline.inForceEverywhere();
    }

    private static void pause() throws InterruptedException {
        Thread.sleep(AWAY.toMillis());
    }

    private record Step(String name, Action action) {}

    private interface Action {
        void run() throws Exception;
    }
}
