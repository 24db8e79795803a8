package io.grayrelease.cli;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.gson.JsonObject;

import io.grayrelease.demo.servers.ApolloEndpoint;

import picocli.CommandLine.Help.Ansi;

import static org.assertj.core.api.Assertions.assertThat;

class CheckTest {
    @Test
    void policy_withoutProblems_isFine() {
        Run run = Run.of("check", Run.policy("release"));
        assertThat(run.exitCode()).isZero();
        Golden.assertSame("check-fine", run.out());
    }

    @Test
    void policy_withErrors_isRejectedWithEveryLineMarked() {
        Run run = Run.of("check", Run.policy("broken"));
        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        Golden.assertSame("check-broken", run.out());
    }

    @Test
    void policy_withWarnings_isAccepted() {
        Run run = Run.of("check", Run.policy("doubtful"));
        assertThat(run.exitCode()).isZero();
        Golden.assertSame("check-doubtful", run.out());
    }

    @Test
    void phasesOfData_areCounted_andOneThatNobodyReadsIsAWarning() {
        assertThat(Run.of("check", Run.policy("data")).out()).endsWith("1 rule, 1 route, 4 migrations, 0 warnings\n");

        Run next = Run.of("check", Run.policy("data-next"));
        assertThat(next.exitCode()).isZero();
        assertThat(next.out())
                .contains("data-next.properties:7:1: warning: found GRAY_READ without a tag, expected ; read=<tag>")
                .endsWith("4 migrations, 1 warning\n");
    }

    @Test
    void policy_brokenButSwitchedOff_isOffAllTheSame() {
        Run run = Run.of("check", Run.policy("broken-and-off"));
        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        Golden.assertSame("check-broken-and-off", run.out());
    }

    @Test
    void several_oneBroken_areAllShown() {
        Run run = Run.of("check", Run.policy("release"), Run.policy("broken-and-off"));
        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(run.out()).contains("release.properties: accepted").contains("broken-and-off.properties: rejected");
    }

    @Test
    void file_withoutKeys_isRejectedAsSuspicious(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("empty.properties"), "# nothing\n");
        Run run = Run.of("check", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(run.out()).contains("empty.properties: error: found no gray.* key, expected the keys of a policy");
    }

    @Test
    void file_thatIsNotThereOrNotUtf8_cannotBeRead(@TempDir Path folder) throws IOException {
        Run absent = Run.of("check", Run.policy("absent"));
        assertThat(absent.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(absent.err())
                .isEqualTo("grayctl: cannot read " + Run.policy("absent") + ": there is no such file\n");
        Path latin = Files.write(folder.resolve("latin"), "gray.list.a=São\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(Run.of("check", latin.toString()).err()).endsWith("it is not UTF-8\n");
    }

    @Test
    void json_saysTheSame() {
        Run run = Run.of("check", "--output", "json", Run.policy("broken"));
        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        JsonObject policy = run.json().getAsJsonArray("policies").get(0).getAsJsonObject();
        assertThat(policy.get("accepted").getAsBoolean()).isFalse();
        JsonObject problem = policy.getAsJsonArray("problems").asList().stream()
                .map(element -> element.getAsJsonObject())
                .filter(each -> each.get("key").getAsString().equals("gray.rule.010-testers"))
                .findFirst()
                .orElseThrow();
        assertThat(problem.get("severity").getAsString()).isEqualTo("error");
        assertThat(problem.get("column").getAsInt()).isEqualTo(9);
        assertThat(problem.get("line").getAsInt()).isEqualTo(3);
        assertThat(problem.get("suggestion").getAsString()).isEqualTo("testers");
    }

    @Test
    void terminal_isPaintedOnlyIfItCan() {
        assertThat(Run.of("check", Run.policy("broken")).out()).doesNotContain("\u001b");
        assertThat(Run.with(Ansi.ON, "check", Run.policy("broken")).out()).contains("\u001b[31merror\u001b[39m");
    }

    @Test
    void apollo_isReadAsAClientReadsIt() throws IOException {
        try (ApolloEndpoint apollo = ApolloEndpoint.start()) {
            String place = "apollo:" + apollo.url() + "/order-app/default/gray-policy";
            Run before = Run.of("check", place);
            assertThat(before.exitCode()).isEqualTo(ExitCode.UNREADABLE);
            assertThat(before.err()).contains("nothing is released there");

            apollo.publish("gray-policy", Map.of("gray.rule.010-a", "uid in @testrs => baseline", "other", "x"));
            Run broken = Run.of("check", place);
            assertThat(broken.exitCode()).isEqualTo(ExitCode.NO);
            Golden.assertSame("check-apollo", broken.out().replace(apollo.url(), "http://apollo-meta:8080"));

            apollo.publish("gray-policy", Map.of("gray.rule.010-a", "uid == 1 => baseline"));
            assertThat(Run.of("check", place).exitCode()).isZero();

            apollo.publish("gray-policy", Map.of("gray.rule.010-a", "uid == \n\u001b]0;x\u0007accepted"));
            assertThat(Run.of("check", place).out())
                    .contains("gray.rule.010-a = uid == ??]0;x?accepted\n")
                    .doesNotContain("\u001b");

            apollo.setAway(true);
            Run away = Run.of("check", place);
            assertThat(away.exitCode()).isEqualTo(ExitCode.UNREADABLE);
            assertThat(away.err()).contains("answered with status 503");
        }
    }

    @Test
    void apollo_thatDoesNotAnswer_cannotBeRead() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Run run = Run.of("check", "apollo:http://127.0.0.1:" + port + "/order-app/default/gray-policy");
        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(run.err()).contains("does not answer");
    }

    @Test
    void apollo_writtenWrongly_isWrongUsage() {
        Run run = Run.of("check", Run.policy("release"), "apollo:somewhere");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("expected apollo:<meta-url>/<app>/<cluster>/<namespace>");
    }
}
