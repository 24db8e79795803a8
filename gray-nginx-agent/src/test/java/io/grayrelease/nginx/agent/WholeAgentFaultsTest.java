package io.grayrelease.nginx.agent;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.grayrelease.nginx.agent.WholeAgent.eventually;
import static io.grayrelease.nginx.agent.WholeAgent.hash;
import static org.assertj.core.api.Assertions.assertThat;

/** Processes that are killed and files that are edited, with either driver. */
@EnabledIf("io.grayrelease.nginx.LiveNginx#isInstalled")
class WholeAgentFaultsTest {
    @TempDir
    private Path folder;

    /** Twice, for it is killed at another moment each time. */
    @ParameterizedTest
    @MethodSource("io.grayrelease.nginx.agent.WholeAgent#drivers")
    void agentThatIsKilled_whilePoliciesComeFast_isFollowedByOneThatAgreesWithNginx(String driver) throws Exception {
        try (WholeAgent agent = new WholeAgent(folder, driver)) {
            agent.publish("uid == 0");
            agent.start().awaitInForce("uid == 0");
            for (int round = 1; round <= 2; round++) {
                Thread publisher = publisher(agent, round);
                publisher.start();
                int kill = round;
                eventually(() -> assertThat(agent.status().policy()).isIn(hashes(kill)));
                agent.kill();
                publisher.join();
                assertThat(agent.ask(1)).as("Nginx goes on").startsWith("HTTP/1.1 200");

                agent.start().awaitInForce("uid == " + (round * 100 + 20));

                agent.assertGoesTo(agent.fresh, round * 100 + 20);
                agent.assertGoesTo(agent.old, round * 100 + 19);
                assertAgrees(agent, driver);
            }
        }
    }

    private static Thread publisher(WholeAgent agent, int round) {
        return new Thread(() -> {
            for (int i = 1; i <= 20; i++) {
                agent.publish("uid == " + (round * 100 + i));
                try {
                    Thread.sleep(50); // the pace of publishing is what is tried
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
    }

    private static List<String> hashes(int round) {
        return Stream.iterate(1, i -> i + 1)
                .limit(20)
                .map(i -> hash("uid == " + (round * 100 + i)))
                .toList();
    }

    private static void assertAgrees(WholeAgent agent, String driver) throws Exception {
        long current = agent.link("current");
        assertThat(agent.link("good")).isEqualTo(current);
        assertThat(agent.live()).isEqualTo(current);
        if (driver.equals("native")) {
            assertThat(agent.status().revision()).isEqualTo(current);
        } else {
            String kept = Files.readString(agent.state().resolve("policy.json"));
            assertThat(agent.pushed()).isEqualTo(kept);
            assertThat(kept).endsWith("\"revision\":" + agent.status().revision() + "}");
        }
    }

    @ParameterizedTest
    @MethodSource("io.grayrelease.nginx.agent.WholeAgent#drivers")
    void nginxThatIsKilled_canBeStartedAgainAtOnce(String driver) throws Exception {
        try (WholeAgent agent = new WholeAgent(folder, driver)) {
            agent.publish("uid == 1");
            agent.start().awaitInForce("uid == 1");
            agent.publish("uid == 2");
            agent.awaitInForce("uid == 2");
            long before = agent.link("current");

            agent.nginx.kill();
            agent.nginx.start(); // tries to bind for 2.5 s

            agent.assertGoesTo(agent.fresh, 2);
            agent.assertGoesTo(agent.old, 1);
            assertThat(agent.live()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("io.grayrelease.nginx.agent.WholeAgent#drivers")
    void fileThatIsEdited_isRestoredWithinSeconds_andSaid(String driver) throws Exception {
        try (WholeAgent agent = new WholeAgent(folder, driver)) {
            agent.publish("uid == 1");
            agent.start().awaitInForce("uid == 1");
            Path proxy = agent.state().resolve("current/gray-proxy.conf");
            String good = Files.readString(proxy);
            long before = agent.link("current");

            Files.writeString(proxy, "# nothing is stripped\n");

            eventually(() -> assertThat(agent.link("good")).isEqualTo(before + 1));
            assertThat(proxy).hasContent(good);
            eventually(() -> assertThat(agent.statusText())
                    .contains("rev-" + before + "/gray-proxy.conf was edited by hand; revision " + (before + 1)
                            + " restored it"));
            agent.assertGoesTo(agent.fresh, 1);
        }
    }
}
