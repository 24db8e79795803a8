package io.grayrelease.nginx.agent;

import java.nio.file.Path;

import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.grayrelease.nginx.OtherJvm;
import io.grayrelease.zookeeper.Instance;

import static io.grayrelease.nginx.agent.WholeAgent.eventually;
import static io.grayrelease.nginx.agent.WholeAgent.hash;
import static org.assertj.core.api.Assertions.assertThat;

/** From Apollo to the server that answers, with either driver. */
@EnabledIf("io.grayrelease.nginx.LiveNginx#isInstalled")
class WholeAgentTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("io.grayrelease.nginx.agent.WholeAgent#drivers")
    void policies_reachRequests_orAreRefusedLoudly(String driver) throws Exception {
        try (WholeAgent agent = new WholeAgent(folder, driver)) {
            agent.publish("uid == 1");
            agent.start().awaitInForce("uid == 1");
            agent.assertGoesTo(agent.fresh, 1);
            assertThat(agent.ask(1)).contains("x-gray-tag: T\n");
            agent.assertGoesTo(agent.old, 2);

            agent.publish("uid == 2");
            agent.awaitInForce("uid == 2");
            agent.assertGoesTo(agent.fresh, 2);
            agent.assertGoesTo(agent.old, 1);

            agent.publish("uid in @nobody");
            eventually(() -> assertThat(agent.node().status()).isEqualTo(Instance.Status.REJECTED));
            assertThat(agent.node().policy()).isEqualTo(hash("uid == 2"));
            eventually(() -> assertThat(agent.statusText())
                    .contains("rejected  " + hash("uid in @nobody"), "gray.rule.1-a, column 9: found "));
            agent.assertGoesTo(agent.fresh, 2);

            OtherJvm.Ended second = agent.second();
            assertThat(second.code()).isEqualTo(NginxAgent.UNREADABLE);
            assertThat(second.output())
                    .contains(agent.state().resolve("lock") + " is locked by another agent, process "
                            + agent.status().pid());
            agent.assertGoesTo(agent.fresh, 2);
        }
    }

    @ParameterizedTest
    @MethodSource("io.grayrelease.nginx.agent.WholeAgent#drivers")
    void serversOfAVersion_thatEnd_areReplacedByBaseline_andNoRequestFails(String driver) throws Exception {
        try (WholeAgent agent = new WholeAgent(folder, driver)) {
            agent.publish("uid == 1");
            agent.start().awaitInForce("uid == 1");
            agent.assertGoesTo(agent.fresh, 1);

            agent.registry.ends("web-app", agent.fresh.address());
            eventually(() -> agent.assertGoesTo(agent.old, 1));
            eventually(() -> assertThat(agent.status().upstreams().get(0).tags().get("T"))
                    .containsExactly(agent.old.address()));
            assertThat(agent.status().error()).isNull();

            agent.registers(agent.fresh);
            eventually(() -> agent.assertGoesTo(agent.fresh, 1));
            assertThat(agent.status().error()).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("io.grayrelease.nginx.agent.WholeAgent#drivers")
    void sourcesAway_leaveEverythingAsItWas(String driver) throws Exception {
        try (WholeAgent agent = new WholeAgent(folder, driver)) {
            agent.publish("uid == 1");
            agent.start().awaitInForce("uid == 1");
            long before = agent.status().revision();
            agent.kill();
            agent.apolloAway();

            agent.start().awaitInForce("uid == 1");
            assertThat(agent.status().fromDisk()).isTrue();
            assertThat(agent.status().revision()).isEqualTo(before);
            agent.assertGoesTo(agent.fresh, 1);

            agent.registry.away();
            eventually(() -> assertThat(agent.log()).contains("ZooKeeper is away"));
            agent.apollo.setAway(false);
            agent.publish("uid == 2");
            agent.awaitInForce("uid == 2");
            agent.assertGoesTo(agent.fresh, 2);
            agent.assertGoesTo(agent.old, 1);

            agent.kill();
            agent.start().awaitInForce("uid == 2");
            assertThat(agent.status().upstreams().get(0).baseline()).containsExactly(agent.old.address());
            agent.assertGoesTo(agent.fresh, 2);
        }
    }
}
