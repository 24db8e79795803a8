package io.grayrelease.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.grayrelease.cli.portal.PortalServer;

import static org.assertj.core.api.Assertions.assertThat;

/** pull, publish, rollback and ramp against a server that has the paths of the portal's OpenAPI. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class PortalCommandsTest {
    private static final String TOKEN = "GRAYCTL_PORTAL_TOKEN";

    @TempDir
    Path folder;

    private PortalServer server;

    @BeforeEach
    void start() throws IOException {
        server = PortalServer.start();
        System.setProperty(TOKEN, PortalServer.TOKEN);
        server.edit("gray.route.T", "a.B:2.0.0")
                .edit("gray.rule.1-one", "hash(uid) < 1% => T")
                .edit("other.key", "1")
                .release("first");
    }

    @AfterEach
    void stop() {
        System.clearProperty(TOKEN);
        server.close();
    }

    @Test
    void pull_thenPublish_changesNothing() throws IOException {
        Path file = folder.resolve("policy.properties");

        assertThat(run("pull", "--to", file.toString()).exitCode()).isZero();
        assertThat(Files.readString(file))
                .isEqualTo("gray.route.T = a.B:2.0.0\ngray.rule.1-one = hash(uid) < 1% => T\n");
        Run publish = run("publish", "--yes", file.toString());

        assertThat(publish.out()).startsWith("nothing to do: policy ");
        assertThat(server.changes()).isEmpty();
    }

    @Test
    void pull_keepsEveryCharacter() throws IOException {
        String value = "hash(uid, \"a\\\\b \\\" 灰度\") < 1% => T";
        server.edit("gray.rule.1-one", value).release("second");
        Path file = folder.resolve("policy.properties");

        run("pull", "--to", file.toString());

        assertThat(run("publish", "--yes", file.toString()).out()).startsWith("nothing to do");
    }

    @Test
    void publish_releasesThePolicy_andLeavesOtherKeysAlone() throws IOException {
        server.edit("other.key", "2");

        Run run = run(
                "publish",
                "--yes",
                "--operator",
                "ann",
                "--title",
                "5 %",
                policy("gray.rule.1-one = hash(uid) < 5% => T"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).matches("released: policy [0-9a-f]{12}, 1 changed keys\\R");
        assertThat(run.err())
                .contains("was hash(uid) < 1% => T", "is  hash(uid) < 5% => T", "who moves, of 100000 uids")
                .containsPattern("T +\\d+ +\\d+ +\\d+ +0\\R");
        assertThat(server.latest().title()).isEqualTo("5 %");
        assertThat(server.latest().by()).isEqualTo("ann");
        assertThat(server.latest().values())
                .isEqualTo(Map.of(
                        "gray.route.T", "a.B:2.0.0", "gray.rule.1-one", "hash(uid) < 5% => T", "other.key", "1"));
        assertThat(server.edited()).containsEntry("other.key", "2");
    }

    @Test
    void publish_ofAPolicyWithErrors_changesNothing() throws IOException {
        Run run = run("publish", "--yes", policy("gray.rule.1-one = hash(uid) < 5 => T"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(run.out()).contains("gray.rule.1-one").contains("^");
        assertThat(server.changes()).isEmpty();
    }

    @Test
    void publish_overUnreleasedChangesOfOthers_isRefusedUnlessWanted() throws IOException {
        server.edit("gray.rule.2-theirs", "uid == 7 => T");
        String policy = policy("gray.rule.1-one = hash(uid) < 5% => T");

        Run refused = run("publish", "--yes", policy);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(refused.out())
                .contains("+ gray.rule.2-theirs = uid == 7 => T")
                .contains("--overwrite");
        assertThat(server.changes()).isEmpty();

        assertThat(run("publish", "--yes", "--overwrite", policy).exitCode()).isZero();
        assertThat(server.edited()).doesNotContainKey("gray.rule.2-theirs");
    }

    @Test
    void rollback_bringsBothTextsBack() throws IOException {
        run("publish", "--yes", policy("gray.rule.1-one = hash(uid) < 5% => T"));

        Run run = run("rollback", "--yes", "--output", "json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.json().get("outcome").getAsString()).isEqualTo("rolled-back");
        assertThat(server.latest().title()).isEqualTo("first");
        assertThat(server.edited()).isEqualTo(server.latest().values());
    }

    @ParameterizedTest
    @ValueSource(strings = {"publish", "rollback"})
    void withoutATerminal_aScriptHasToSayYes(String command) throws IOException {
        Run run = command.equals("publish")
                ? run(command, policy("gray.rule.1-one = hash(uid) < 5% => T"))
                : run(command);

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("add --yes");
        assertThat(server.changes()).isEmpty();
    }

    @Test
    void ramp_tellsEveryStep() throws IOException {
        Path guard = Files.writeString(
                folder.resolve("guard.properties"),
                """
                prometheus = http://127.0.0.1:1
                gray.requests = a
                gray.errors = b
                gray.p99 = c
                baseline.requests = d
                baseline.errors = e
                baseline.p99 = f
                min.requests = 1
                max.error-rate = 1%
                max.p99 = 1s
                """);

        Run wrong = run("ramp", "1-one", "--steps", "5%,1%", "--every", "1s", "--guard", guard.toString());
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).contains("the steps must rise, but 1% follows 5%");

        Run missing = run("ramp", "9-none", "--steps", "5%", "--every", "1s", "--guard", guard.toString());
        assertThat(missing.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(missing.err()).contains("gray.rule.9-none is not released");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://p/DEV/a/c/n", "portal:http://p/DEV/a/c", "portal:http://p/DEV//c/n", "portal:p/D/a/c/n"})
    void placeThatIsNone_isRefusedWithItsForm(String place) {
        Run run = Run.of("rollback", place, "--yes");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("expected portal:<portal-url>/<env>/<app>/<cluster>/<namespace>");
    }

    @Test
    void missingToken_isSaid_andNoTokenIsEverPrinted() {
        System.setProperty(TOKEN, "another-secret");
        Run wrong = run("pull");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(wrong.out() + wrong.err())
                .contains("does not know the token")
                .doesNotContain("another-secret");

        System.clearProperty(TOKEN);
        Run none = run("pull");
        assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(none.err()).contains("environment variable GRAYCTL_PORTAL_TOKEN");
    }

    private String policy(String rule) throws IOException {
        return Files.writeString(folder.resolve("next.properties"), "gray.route.T = a.B:2.0.0\n" + rule + "\n")
                .toString();
    }

    private Run run(String command, String... more) {
        List<String> args =
                new ArrayList<>(List.of(command, "portal:" + server.url() + "/DEV/order-app/default/gray-policy"));
        args.addAll(Arrays.asList(more));
        return Run.of(args.toArray(new String[0]));
    }
}
