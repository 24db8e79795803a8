package io.grayrelease.nginx.agent;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.nginx.drive.Applied;
import io.grayrelease.nginx.model.Server;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.source.PolicyRepository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The loop, with a driver that only notes what it is asked. */
class AgentTest {
    private static final Server OLD = new Server("10.0.0.1:80", "1.0.0");
    private static final Server NEW = new Server("10.0.0.2:80", "2.0.0");

    @TempDir
    Path folder;

    private final RecordingDriver driver = new RecordingDriver();
    private final PolicyRepository repository = PolicyRepository.inMemory(Clock.systemUTC());
    private final Map<String, Set<Server>> servers = new ConcurrentHashMap<>(Map.of("web", Set.of(OLD, NEW)));
    private final List<AgentState> states = new CopyOnWriteArrayList<>();
    private Agent agent;

    @AfterEach
    void stop() {
        agent.close();
    }

    private void start(String... settings) throws Exception {
        String text = "upstream.web.application = web-app\nzookeeper = zk:2181\n" + String.join("\n", settings);
        AgentSettings read = AgentSettings.read(Files.writeString(folder.resolve("agent.properties"), text));
        agent = new Agent(
                        read,
                        driver,
                        repository,
                        () -> Upstreams.of(read.upstreams(), servers::get),
                        states::add,
                        Clock.systemUTC())
                .start();
    }

    private static Snapshot policy(String rule) {
        Map<String, String> keys = new HashMap<>();
        keys.put("gray.route.T", "web-app:2.0.0");
        keys.put("gray.rule.1-a", rule + " => T");
        return Snapshot.of(keys);
    }

    private AgentState last() {
        return states.get(states.size() - 1);
    }

    private static void eventually(org.awaitility.core.ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(assertion);
    }

    @Test
    void start_withoutAPolicy_sendsEverybodyEverywhere() throws Exception {
        start("driver = lua");

        eventually(() -> assertThat(states).isNotEmpty());
        assertThat(driver.last().policy()).isNull();
        assertThat(driver.last().upstreams().get(0).baseline()).containsExactly("10.0.0.1:80", "10.0.0.2:80");
        assertThat(last().applied().revision()).isEqualTo(1);
        assertThat(last().acceptedAt()).isNull();
        assertThat(last().error()).isNull();
        assertThat(last().warnings()).containsExactly("reloads cost requests");
    }

    @Test
    void policy_isAppliedAtOnce_whereThatCostsNothing() throws Exception {
        start("driver = lua");
        for (int uid = 1; uid <= 5; uid++) {
            Snapshot policy = policy("uid == " + uid);
            repository.offer(policy);
            await().atMost(Duration.ofSeconds(4)).until(() -> policy.hash().equals(driver.lastPolicy()));
        }

        assertThat(driver.last().upstreams().get(0).baseline()).containsExactly("10.0.0.1:80");
        assertThat(driver.last().upstreams().get(0).tags()).isEqualTo(Map.of("T", List.of("10.0.0.2:80")));
        eventually(() ->
                assertThat(last().acceptedAt()).isEqualTo(repository.current().acceptedAt()));
    }

    @Test
    void policies_thatComeFast_areReloadedOnceAnInterval_andTheLastOneWins() throws Exception {
        start("reload.min-interval = 1s");
        eventually(() -> assertThat(driver.models).hasSize(1));
        Snapshot policy = policy("uid == 0");
        for (int uid = 1; uid <= 50; uid++) {
            policy = policy("uid == " + uid);
            repository.offer(policy);
        }

        String hash = policy.hash();
        eventually(() -> assertThat(driver.lastPolicy()).isEqualTo(hash));
        assertThat(driver.models).hasSize(2);
        assertThat(Duration.ofNanos(driver.times.get(1) - driver.times.get(0)))
                .isGreaterThanOrEqualTo(Duration.ofMillis(990));
    }

    @Test
    void servers_thatChangeFast_areAppliedTogether() throws Exception {
        start("driver = lua", "reload.quiet = 1s");
        eventually(() -> assertThat(driver.models).hasSize(1));
        for (int i = 3; i < 13; i++) {
            servers.put("web", Set.of(OLD, new Server("10.0.0." + i + ":80", "1.0.0")));
            agent.serversChanged();
        }

        eventually(() -> assertThat(driver.models).hasSize(2));
        assertThat(driver.last().upstreams().get(0).baseline()).containsExactly("10.0.0.12:80", "10.0.0.1:80");
    }

    @Test
    void serversThatAreNotKnown_leaveNginxAsItIs_andAreAppliedWhenTheyAre() throws Exception {
        servers.clear();
        start("driver = lua", "reload.quiet = 0ms");
        eventually(() -> assertThat(states).isNotEmpty());
        assertThat(driver.models).isEmpty();
        assertThat(last().error()).contains("the servers of web are not known");

        servers.put("web", Set.of());
        agent.serversChanged();

        eventually(() -> assertThat(last().error()).isNull());
        assertThat(driver.last().upstreams().get(0).baseline()).isEmpty();
    }

    @Test
    void failure_isTold_andTriedAgainWithoutAChange() throws Exception {
        start("driver = lua");
        Snapshot good = policy("uid == 1");
        repository.offer(good);
        eventually(() -> assertThat(last().applied().policy()).isEqualTo(good.hash()));
        Instant accepted = repository.current().acceptedAt();
        driver.failure = "nginx -t: unexpected \"}\"";

        Snapshot next = policy("uid == 2");
        repository.offer(next);

        eventually(() -> assertThat(last().error()).isEqualTo("nginx -t: unexpected \"}\""));
        assertThat(last().errorSince()).isNotNull();
        assertThat(last().applied().policy()).isEqualTo(good.hash());
        assertThat(last().acceptedAt()).isEqualTo(accepted);
        assertThat(last().policy().inForce().policy().hash()).isEqualTo(next.hash());
        int asked = driver.asked;
        eventually(() -> assertThat(driver.asked).isGreaterThan(asked));
        driver.failure = null;
        eventually(() -> assertThat(last().applied().policy()).isEqualTo(next.hash()));
        assertThat(last().error()).isNull();
        assertThat(last().errorSince()).isNull();
    }

    @Test
    void failureToRecover_isNoReasonNotToApply() throws Exception {
        driver.recoveryFailure = "nobody answers";

        start("driver = lua");

        eventually(() -> assertThat(states).isNotEmpty());
        assertThat(last().applied().revision()).isEqualTo(1);
        assertThat(last().error()).isNull();
    }

    @Test
    void nothingNew_isCheckedAllTheSame() throws Exception {
        start();
        eventually(() -> assertThat(driver.asked).isEqualTo(1));

        eventually(() -> assertThat(driver.asked).isGreaterThanOrEqualTo(2));
        assertThat(driver.models).hasSize(1);
    }

    @Test
    void betweenTurns_staleSocketsAreLookedForTwiceASecond() throws Exception {
        start();

        eventually(() -> assertThat(driver.looks).hasSizeGreaterThanOrEqualTo(4));
        assertThat(Duration.ofNanos(driver.looks.get(3) - driver.looks.get(0))).isLessThan(Duration.ofSeconds(3));
        assertThat(driver.asked).isEqualTo(1);
    }

    @Test
    void policyThatIsNotKnownAnyMore_leavesNginxOnTheOneItHas() throws Exception {
        driver.applied = new Applied(7, "hash of before", Instant.EPOCH, true);

        start("driver = lua");

        eventually(() -> assertThat(states).isNotEmpty());
        assertThat(last().error())
                .isEqualTo("no policy is known that nginx can be told; it stays on policy hash of before");
        assertThat(driver.models).isEmpty();
        Snapshot policy = policy("uid == 1");
        repository.offer(policy);
        eventually(() -> assertThat(last().applied().policy()).isEqualTo(policy.hash()));
        assertThat(last().applied().revision()).isEqualTo(8);
        assertThat(last().error()).isNull();
    }

    @Test
    void edgeOfAWindow_isATurnOfItsOwn() throws Exception {
        start("driver = lua");
        Instant edge = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.SECONDS);
        repository.offer(policy("now in " + edge + " .. " + edge.plusSeconds(3_600)));
        eventually(() -> assertThat(last().applied().policy()).isNotNull());
        int before = states.size();

        await().atMost(Duration.ofSeconds(4)).until(() -> states.size() > before);

        assertThat(Duration.between(edge, Instant.now())).isBetween(Duration.ofMillis(-1), Duration.ofSeconds(2));
    }

    @Test
    void rejection_isTold() throws Exception {
        start("driver = lua");

        repository.offer(policy("uid in @nobody"));

        eventually(() -> assertThat(last().policy().rejection()).isNotNull());
        assertThat(driver.models).hasSize(1);
    }
}
