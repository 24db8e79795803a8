package io.grayrelease.nginx.lua;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.nginx.LiveNginx;
import io.grayrelease.nginx.drive.Applied;
import io.grayrelease.nginx.drive.DriveException;
import io.grayrelease.nginx.drive.DriveTimings;
import io.grayrelease.nginx.drive.Installation;
import io.grayrelease.nginx.model.EdgeModel;
import io.grayrelease.nginx.model.ServiceUpstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** An agent's driver and a real Nginx, with each of them ending at times. */
@EnabledIf("io.grayrelease.nginx.LiveNginx#hasLua")
class LuaDriverTest {
    private static final EdgeModel ONE = LuaNginx.rule("uid == 1");
    private static final EdgeModel TWO = LuaNginx.rule("uid == 2");

    @TempDir
    Path folder;

    private LiveNginx nginx;
    private LuaControl control;
    private LuaDriver driver;

    @BeforeEach
    void prepare() throws Exception {
        nginx = LiveNginx.in(folder).configure(LuaNginx.MODULES, LuaNginx.http(state().resolve("current")));
        control = new LuaControl(folder.resolve("run/control/policy.sock"), Duration.ofSeconds(10));
        driver = driver();
    }

    @AfterEach
    void stop() throws Exception {
        nginx.close();
    }

    private Path state() {
        return folder.resolve("state");
    }

    private Path policy() {
        return state().resolve("policy.json");
    }

    private LuaDriver driver() {
        return driver(LuaNginx.settings(folder, List.of()));
    }

    private LuaDriver driver(LuaSettings settings) {
        return new LuaDriver(
                installation(), PolicyFile.in(state()), settings, Clock.systemUTC(), Duration.ofSeconds(2));
    }

    private Installation installation() {
        PolicyFile pushed = PolicyFile.in(state());
        return Installation.of(nginx.program(), state(), folder.resolve("run"), DriveTimings.DEFAULT, pushed::revision);
    }

    /** The first start: Nginx cannot start before its includes are there. Revision 1 is the policy, 2 are the files. */
    private void startWith(EdgeModel model) throws Exception {
        assertThat(driver.apply(model).revision()).isEqualTo(2);
        assertThat(driver.warnings()).containsExactly("Nginx does not run; it will serve revision 2 when it starts");
        nginx.start();
        assertThat(driver.apply(model).revision()).isEqualTo(2);
        assertThat(driver.warnings()).isEmpty();
        assertThat(control.state().isEverywhere(1)).isTrue();
    }

    private String tag(String query) throws Exception {
        return LiveNginx.body(nginx.get("/decision" + query)).split("\\|", -1)[0];
    }

    private Set<Long> workers() throws Exception {
        return nginx.master().orElseThrow().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    private void kill() throws Exception {
        nginx.kill();
        nginx.removeSockets(folder.resolve("run"));
    }

    @Test
    void firstStart_isWithThePolicy_andOnlyTheAgentCanPush() throws Exception {
        driver.apply(ONE);
        nginx.start();

        assertThat(tag("?uid=1")).as("from the first request on").isEqualTo("T");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("run/control"))))
                .isEqualTo("rwx------");
    }

    @Test
    void change_isInForceInAllWorkers_withoutReload() throws Exception {
        startWith(ONE);
        Set<Long> before = workers();
        Applied applied = driver.apply(TWO);

        assertThat(applied.revision()).isEqualTo(3);
        assertThat(applied.policy()).isEqualTo(TWO.policy().hash());
        assertThat(control.state().isEverywhere(3)).isTrue();
        assertThat(tag("?uid=2")).isEqualTo("T");
        assertThat(workers()).isEqualTo(before);
        assertThat(policy()).hasContent(LuaPolicy.json(TWO, 3));
    }

    @Test
    void modelThatIsInForce_isNotPushedAgain() throws Exception {
        startWith(ONE);
        Applied first = driver.apply(ONE);

        assertThat(driver.apply(LuaNginx.rule("uid == 1"))).isEqualTo(first);
        assertThat(control.state().revision()).isEqualTo(1);
    }

    @Test
    void agentThatRestarts_findsWhatIsInForce() throws Exception {
        startWith(ONE);
        driver.apply(TWO);
        LuaDriver next = driver();

        assertThat(next.recover().revision()).isEqualTo(3);
        assertThat(next.apply(TWO).revision()).isEqualTo(3);
        assertThat(next.apply(ONE).revision()).isEqualTo(4);
    }

    @Test
    void agentThatNeverApplied_recoversNothing() throws Exception {
        assertThat(driver.recover().revision()).isZero();
        assertThat(driver.recover().policy()).isNull();
    }

    @Test
    void policyOnDiskThatIsGone_isWrittenAgain_andAnNginxThatHasNoneIsToldIt() throws Exception {
        startWith(ONE);
        Files.delete(policy());

        assertThat(driver.apply(ONE).revision()).isEqualTo(2);
        assertThat(policy()).hasContent(LuaPolicy.json(ONE, 1));
        assertThat(driver.warnings()).containsExactly(policy() + " was edited by hand; written again");

        Files.delete(policy());
        kill();
        nginx.start();
        assertThat(driver.apply(ONE).revision()).isEqualTo(3);
        assertThat(tag("?uid=1")).isEqualTo("T");
    }

    /** The agent was killed between push and write. */
    @Test
    void revisionThatWasPushedButNotWritten_isAdopted() throws Exception {
        startWith(ONE);
        control.put(LuaPolicy.json(TWO, 7));
        LuaDriver next = driver();

        assertThat(next.recover().revision()).isEqualTo(7);
        assertThat(policy()).hasContent(LuaPolicy.json(TWO, 7));
        assertThat(next.apply(TWO).revision()).isEqualTo(7);
    }

    @Test
    void nginxThatRestarts_hasTheLastGoodOne_andIsTakenOnFrom() throws Exception {
        startWith(ONE);
        driver.apply(TWO);
        kill();
        nginx.start();
        assertThat(tag("?uid=2")).isEqualTo("T");
        assertThat(driver.apply(ONE).revision()).isEqualTo(4);
        assertThat(tag("?uid=1")).isEqualTo("T");
    }

    @Test
    void changeWhileNginxDoesNotRun_isWhatItStartsWith() throws Exception {
        startWith(ONE);
        nginx.kill();

        assertThat(driver.apply(TWO).revision()).isEqualTo(3);
        assertThat(driver.apply(TWO).revision()).isEqualTo(3);
        assertThat(driver.warnings()).anyMatch(text -> text.startsWith("Nginx does not run"));

        nginx.start(); // its sockets are gone as well
        assertThat(tag("?uid=2")).isEqualTo("T");
        assertThat(driver.apply(TWO).revision()).isEqualTo(3);
        assertThat(driver.warnings()).isEmpty();
    }

    @Test
    void refusedModel_changesNothing() throws Exception {
        startWith(ONE);
        EdgeModel wrong = new EdgeModel(
                ONE.policy(), LuaNginx.SOURCES, List.of(new ServiceUpstream("web", List.of("app:80"), Map.of())));

        assertThatExceptionOfType(DriveException.class)
                .isThrownBy(() -> driver.apply(wrong))
                .withMessage("Nginx refused revision 3 (422): found app:80, expected an IP address and a port;"
                        + " in force is revision 1");
        assertThat(tag("?uid=1")).isEqualTo("T");
        assertThat(driver.apply(ONE).revision()).isEqualTo(2);
    }

    /** With new files and no policy, all requests would fail. */
    @Test
    void refusedModelAtTheFirst_leavesARunningNginxAsItIs() throws Exception {
        nginx.configure(LuaNginx.MODULES, "server { listen 127.0.0.1:PORT; return 200 before; }")
                .start();
        nginx.configure(LuaNginx.MODULES, LuaNginx.http(state().resolve("current")));
        EdgeModel wrong = new EdgeModel(
                ONE.policy(), LuaNginx.SOURCES, List.of(new ServiceUpstream("web", List.of("app:80"), Map.of())));

        assertThatExceptionOfType(DriveException.class)
                .isThrownBy(() -> driver.apply(wrong))
                .withMessageContaining("revision 2 is not in force")
                .withMessageContaining("policy.json is not used: found app:80, expected an IP address and a port");
        assertThat(nginx.get("/")).endsWith("before");

        assertThat(driver.apply(ONE).revision()).isEqualTo(3);
        // A worker of before, which knows no state, may answer yet.
        await().untilAsserted(() -> assertThat(tag("?uid=1")).isEqualTo("T"));
    }

    @Test
    void modelOfOtherSettings_isRefused() throws Exception {
        EdgeModel other =
                new EdgeModel(null, LuaNginx.SOURCES, List.of(new ServiceUpstream("api", List.of(), Map.of())));

        assertThatExceptionOfType(DriveException.class)
                .isThrownBy(() -> driver.apply(other))
                .withMessage("found the upstreams [api], expected some of [web]");
    }

    @Test
    void fileThatWasEdited_isPutRight_andLoaded() throws Exception {
        startWith(ONE);
        driver.apply(TWO);
        Path proxy = state().resolve("current/gray-proxy.conf");
        String good = Files.readString(proxy);
        Files.writeString(proxy, good.replace("proxy_set_header gray-tag \"\";", ""));
        Path before = proxy.toRealPath();

        assertThat(driver.apply(TWO).revision()).isEqualTo(4);
        assertThat(proxy).hasContent(good);
        assertThat(proxy.toRealPath()).isNotEqualTo(before);
        assertThat(driver.warnings())
                .anyMatch(text -> text.contains("gray-proxy.conf was edited by hand; revision 4 restored it"));
        control.await("all", state -> state.isEverywhere(3));
        assertThat(tag("?uid=2")).isEqualTo("T");
    }

    @Test
    void configurationThatNginxDoesNotTake_leavesTheFilesOfBefore() throws Exception {
        startWith(ONE);
        Path before = state().resolve("current").toRealPath();
        Files.writeString(before.resolve("gray-proxy.conf"), "# edited", java.nio.file.StandardOpenOption.APPEND);
        Path main = nginx.program().configuration();
        String text = Files.readString(main);
        Files.writeString(main, "garbage;\n" + text);

        assertThatExceptionOfType(DriveException.class)
                .isThrownBy(() -> driver.apply(TWO))
                .withMessageContaining("garbage");
        assertThat(state().resolve("current").toRealPath()).isEqualTo(before);
        assertThat(before.getParent()).isDirectoryNotContaining("glob:**/rev-4");
        assertThat(policy()).hasContent(LuaPolicy.json(ONE, 1));
        assertThat(tag("?uid=1")).isEqualTo("T");
        Files.writeString(main, text);
        assertThat(driver.apply(TWO).revision()).isEqualTo(4);
        assertThat(tag("?uid=2")).isEqualTo("T");
    }

    @Test
    void workerThatDoesNotAnswer_bringsTheLastGoodOneBack() throws Exception {
        startWith(ONE);
        long worker = workers().iterator().next();
        signal("-STOP", worker);
        CompletableFuture<Throwable> failed = CompletableFuture.supplyAsync(() -> {
            try {
                driver.apply(TWO);
                return new AssertionError("applied");
            } catch (DriveException e) {
                return e;
            }
        });
        await().until(() -> control.state().revision() == 4); // 3 was given up, and 1 is pushed again
        signal("-CONT", worker);

        assertThat(failed.get(20, TimeUnit.SECONDS))
                .isInstanceOf(DriveException.class)
                .hasMessageContaining("revision 3 did not come into force: expected revision 3 in all workers")
                .hasMessageEndingWith("in force again is what was before, as revision 4");
        assertThat(tag("?uid=1")).isEqualTo("T");
        assertThat(policy()).hasContent(LuaPolicy.json(ONE, 4));
        assertThat(driver.apply(ONE).revision()).isEqualTo(4);
        assertThat(driver.apply(TWO).revision()).isEqualTo(5);
    }

    private static void signal(String signal, long process) throws Exception {
        assertThat(new ProcessBuilder("kill", signal, Long.toString(process))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void revisionThatCannotBeWritten_isTakenBack() throws Exception {
        startWith(ONE);
        Path blocked = Files.createDirectory(state().resolve("policy.json.partial"));

        assertThatExceptionOfType(DriveException.class)
                .isThrownBy(() -> driver.apply(TWO))
                .withMessageContaining("in force again is what was before, as revision 4");
        assertThat(tag("?uid=1")).isEqualTo("T");
        Files.delete(blocked);
        assertThat(driver.apply(TWO).revision()).isEqualTo(5);
        assertThat(policy()).hasContent(LuaPolicy.json(TWO, 5));
    }

    @Test
    void nginxThatIsKilledWithDash9_whilePoliciesChange_startsWithAGoodOne() throws Exception {
        startWith(ONE);
        for (int i = 0; i < 3; i++) {
            driver.apply(TWO);
            kill();
            nginx.start();
            assertThat(tag("?uid=2")).isEqualTo("T");
            assertThat(driver.recover().policy()).isEqualTo(TWO.policy().hash());
            driver.apply(ONE);
        }
    }

    @Test
    void settingsThatChange_areLoadedTogetherWithTheModelForThem() throws Exception {
        startWith(ONE);
        LuaSettings other = new LuaSettings(folder.resolve("run"), Map.of("api", 0), List.of(), "8m", null);
        EdgeModel api =
                new EdgeModel(TWO.policy(), LuaNginx.SOURCES, List.of(new ServiceUpstream("api", List.of(), Map.of())));
        nginx.configure(
                LuaNginx.MODULES, LuaNginx.http(state().resolve("current")).replace("upstream_web", "upstream_api"));
        try (LuaDriver next = driver(other)) {
            assertThat(next.recover().revision()).isEqualTo(2);
            assertThat(tag("?uid=1")).isEqualTo("T");

            assertThat(next.apply(api).revision()).isEqualTo(4);
            assertThat(control.state().isEverywhere(3)).isTrue();
            assertThat(tag("?uid=2")).isEqualTo("T");
        }
    }

    @Test
    void namesThatNginxCannotBeAskedFor_areUnsupported() {
        EdgeModel model = LuaNginx.rule("cookie[\"é\"] == 1 || !has(param[\"a\\\"b\"]) && header[\"x\ty\"] != 1"
                + " || caller == x || attachment[\"é\"] == 1");

        assertThat(driver.unsupported(model.policy()))
                .extracting(Object::toString)
                .containsExactly(
                        "gray.rule.1-r: found cookie[\"é\"], expected a name of printable ASCII characters: Nginx is asked for no other",
                        "gray.rule.1-r: found header[\"x\ty\"], expected a name of printable ASCII characters: Nginx is asked for no other");
    }
}
