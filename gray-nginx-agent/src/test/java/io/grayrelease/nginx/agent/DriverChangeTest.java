package io.grayrelease.nginx.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static io.grayrelease.nginx.agent.WholeAgent.eventually;
import static io.grayrelease.nginx.agent.WholeAgent.hash;
import static org.assertj.core.api.Assertions.assertThat;

/** An operator tells the agent to drive the same Nginx in another way. */
@EnabledIf("io.grayrelease.nginx.LiveNginx#hasLua")
class DriverChangeTest {
    @TempDir
    private Path folder;

    /** A client whose every request is to be decided and answered by the new version. */
    private static final class Client implements AutoCloseable {
        private final List<String> wrong = new CopyOnWriteArrayList<>();
        private final AtomicInteger asked = new AtomicInteger();
        private final Thread thread;
        private volatile boolean closed;

        Client(WholeAgent agent) {
            thread = new Thread(() -> {
                while (!closed) {
                    ask(agent);
                }
            });
            thread.start();
        }

        private void ask(WholeAgent agent) {
            try {
                String answer = agent.ask(1);
                asked.incrementAndGet();
                if (!answer.startsWith("HTTP/1.1 200")
                        || !answer.contains(agent.fresh.address())
                        || !answer.contains("x-gray-tag: T\n")) {
                    wrong.add(answer);
                }
            } catch (IOException e) {
                wrong.add(e.toString());
            }
        }

        @Override
        public void close() throws InterruptedException {
            closed = true;
            thread.join();
        }
    }

    @Test
    void nativeToLuaAndBack_underLoad_losesNoRequest_andNumbersGoOn() throws Exception {
        try (WholeAgent agent = new WholeAgent(folder, "native")) {
            agent.publish("uid == 1");
            agent.start().awaitInForce("uid == 1");
            List<Long> revisions = new ArrayList<>(List.of(agent.status().revision()));
            try (Client client = new Client(agent)) {
                for (String driver : List.of("lua", "native", "lua")) {
                    agent.stop();
                    agent.settings(driver);
                    agent.start().awaitInForce("uid == 1");
                    assertThat(agent.status().driver()).isEqualTo(driver);
                    revisions.add(agent.status().revision());
                    agent.publish("uid == 1 || uid == " + revisions.size());
                    agent.awaitInForce("uid == 1 || uid == " + revisions.size());
                    revisions.add(agent.status().revision());
                    agent.publish("uid == 1");
                    agent.awaitInForce("uid == 1");
                    revisions.add(agent.status().revision());
                }
                assertThat(client.asked.get()).isGreaterThan(500);
                assertThat(client.wrong).isEmpty();
            }
            assertThat(revisions).isSorted().doesNotHaveDuplicates();
            assertThat(agent.log()).doesNotContain("ERROR");
        }
    }

    @Test
    void policyThatOnlyLuaCanDo_isJudgedAgain_andNginxStaysOnItUntilThereIsAnother() throws Exception {
        String odd = "uid % 7 == 1";
        try (WholeAgent agent = new WholeAgent(folder, "lua")) {
            agent.publish(odd);
            agent.start().awaitInForce(odd);
            agent.stop();
            agent.apolloAway();
            agent.settings("native");

            agent.start();

            eventually(() -> assertThat(agent.status().error())
                    .isEqualTo("no policy is known that nginx can be told; it stays on policy " + hash(odd)));
            agent.assertGoesTo(agent.fresh, 8);
            agent.assertGoesTo(agent.old, 7);
            agent.apollo.setAway(false);
            eventually(() -> assertThat(agent.status().rejected()).isEqualTo(hash(odd)));
            assertThat(agent.status().problems()).anyMatch(text -> text.startsWith("gray.rule.1-a: found "));
            agent.assertGoesTo(agent.fresh, 8);

            agent.publish("uid == 1");
            agent.awaitInForce("uid == 1");
            agent.assertGoesTo(agent.old, 8);
        }
    }
}
