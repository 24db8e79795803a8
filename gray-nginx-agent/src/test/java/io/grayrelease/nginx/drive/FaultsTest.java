package io.grayrelease.nginx.drive;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.nginx.OtherJvm;
import io.grayrelease.nginx.files.DurableFiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@EnabledIf("io.grayrelease.nginx.LiveNginx#isInstalled")
class FaultsTest {
    @TempDir
    private Path folder;

    @Test
    void install_portTakenByAnother_goesBackAndNamesThePort() throws Exception {
        try (Rig rig = Rig.in(folder).saying("one");
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            rig.configure("server { listen 127.0.0.1:" + other.getLocalPort() + "; }");

            assertThatThrownBy(() -> rig.installation().install(rig.says("two"), null))
                    .isInstanceOf(DriveException.class)
                    .hasMessageContaining("revision 2 is not in force: it was not served within 5")
                    .hasMessageContaining(
                            "bind() to 127.0.0.1:" + other.getLocalPort() + " failed (98: Address already in use)")
                    .hasMessageEndingWith("went back: revision 1 is in force");

            assertServes(rig, "one", 1);
            other.close();
            assertThat(rig.installation().install(rig.says("three"), null).revision())
                    .isEqualTo(3);
            assertServes(rig, "three", 3);
        }
    }

    @Test
    void install_portTakenAtTheFirst_leavesNoSocketThatBlocksTheNext() throws Exception {
        try (Rig rig = Rig.in(folder);
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            rig.nginx()
                    .configure("", "server { listen 127.0.0.1:PORT; return 204; }")
                    .start();
            rig.configure("server { listen 127.0.0.1:" + other.getLocalPort() + "; }");
            assertThatThrownBy(() -> rig.installation().install(rig.says("one"), null))
                    .hasMessageContaining("no other revision was ever served");

            other.close();

            assertThat(rig.installation().install(rig.says("one"), null).revision())
                    .isEqualTo(1);
            assertServes(rig, "one", 1);
        }
    }

    @Test
    void install_diskFull_changesNothingAndGoesOnOnceThereIsSpace() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=256k", "none", disk.toString()), "cannot mount");
        try (Rig rig = Rig.in(folder, disk.resolve("state")).saying("one")) {
            Path filler = disk.resolve("filler");
            assertThatThrownBy(() -> Files.write(filler, new byte[1_000_000])).isInstanceOf(IOException.class);

            assertThatThrownBy(() -> rig.installation().install(rig.says("two"), null))
                    .isInstanceOf(DriveException.class)
                    .hasMessageContaining("No space left on device")
                    .hasMessageEndingWith("revision 1 is in force");

            assertServes(rig, "one", 1);
            assertThat(rig.installation().recover().revision()).isEqualTo(1);
            Files.delete(filler);
            rig.installation().install(rig.says("two"), null);
            assertServes(rig, "two", 2);
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    void install_fileCannotBeWrittenToItsEnd_changesNothing() throws Exception {
        try (Rig rig = Rig.in(folder).saying("one")) {
            String longText = "#".repeat(100_000);

            OtherJvm.Ended ended =
                    OtherJvm.run("ulimit -f 100;", OneInstall.class, OneInstall.of(rig, longText, "none"));

            assertThat(ended.code()).as(ended.output()).isEqualTo(OneInstall.REFUSED);
            assertThat(ended.output()).contains("File too large", "revision 1 is in force");
            assertThat(rig.state()).isDirectoryNotContaining("regex:.*/(stage-|test-|rev-2|.*partial).*");
            assertServes(rig, "one", 1);
        }
    }

    @Test
    void recover_nginxStoppedAndStarted_servesTheSame() throws Exception {
        try (Rig rig = Rig.in(folder).saying("one")) {
            ProcessHandle master = rig.nginx().master().orElseThrow();
            master.destroy();
            await().until(() -> !master.isAlive());
            Installation installation = rig.installation();

            assertThat(installation.recover().revision()).isEqualTo(1);
            assertThat(installation.warnings()).anyMatch(text -> text.contains("Nginx does not run"));

            rig.nginx().start();
            assertThat(installation.install(rig.says("one"), null).revision()).isEqualTo(1);
            assertServes(rig, "one", 1);
        }
    }

    @Test
    void recover_nginxKilled_removesTheSocketsThatKeepItFromStarting() throws Exception {
        try (Rig rig = Rig.in(folder).saying("one")) {
            rig.nginx().kill();
            assertThatThrownBy(() -> rig.nginx().start()).hasMessageContaining("unix:" + rig.run() + "/revision.sock");

            Installation installation = rig.installation();
            assertThat(installation.recover().revision()).isEqualTo(1);

            assertThat(installation.warnings()).anyMatch(text -> text.contains("Nginx does not run"));
            rig.nginx().start();
            assertServes(rig, "one", 1);
        }
    }

    @Test
    void install_nginxKilled_isServedOnceItStarts() throws Exception {
        try (Rig rig = Rig.in(folder).saying("one")) {
            rig.nginx().kill();

            assertThat(rig.installation().install(rig.says("two"), null).revision())
                    .isEqualTo(2);

            rig.nginx().start();
            rig.installation().recover();
            assertServes(rig, "two", 2);
        }
    }

    @Test
    void removeStaleSockets_nginxKilled_onlyThen() throws Exception {
        try (Rig rig = Rig.in(folder).saying("one")) {
            assertThat(rig.installation().removeStaleSockets()).isFalse();
            assertThat(rig.live()).isEqualTo(OptionalLong.of(1));

            rig.nginx().kill();

            assertThat(rig.installation().removeStaleSockets()).isTrue();
            rig.nginx().start();
        }
    }

    @Test
    void recover_currentIsRefused_goesBackToTheGoodOne() throws Exception {
        try (Rig rig = Rig.in(folder).saying("one")) {
            Map<String, String> broken = Map.of(Installation.HTTP, "nonsense;", Installation.PROXY, "");
            rig.folder().stage(2, broken, null);
            rig.folder().keep(2);
            rig.folder().switchTo(2);
            Installation installation = rig.installation();

            assertThat(installation.recover().revision()).isEqualTo(1);

            assertThat(installation.warnings())
                    .anyMatch(text -> text.contains("revision 2 could not be recovered")
                            && text.contains("unknown directive \"nonsense\""));
            assertServes(rig, "one", 1);
        }
    }

    @Test
    void install_editedByHand_isWrittenAgainAndServed() throws Exception {
        try (Rig rig = Rig.in(folder).saying("one")) {
            Installation installation = rig.installation();
            installation.install(rig.says("one"), "hash");
            assertThat(installation.warnings()).isEmpty();
            Path http = rig.current().resolve(Installation.HTTP);
            Files.writeString(http, Files.readString(http).replace("\"one\"", "\"edited\""));
            rig.nginx().program().reload();
            await().until(() -> rig.text().equals("edited"));

            installation.install(rig.says("one"), "hash");

            assertServes(rig, "one", 2);
            assertThat(rig.folder().edited(1)).isEmpty();
            installation.install(rig.says("one"), "hash");
            assertServes(rig, "one", 2);
            assertThat(installation.warnings())
                    .as("as long as it is in force")
                    .anyMatch(text -> text.contains("rev-1/gray-http.conf was edited by hand; revision 2 restored it"));
            installation.install(rig.says("two"), "hash");
            assertThat(installation.warnings()).isEmpty();
        }
    }

    @Test
    void install_editedByHandAndRefused_goesBackToWhatWasMeant() throws Exception {
        try (Rig rig = Rig.in(folder).saying("one");
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Installation installation = rig.installation();
            installation.install(rig.says("one"), null);
            rig.configure("server { listen 127.0.0.1:" + other.getLocalPort() + "; }");
            Path http = rig.current().resolve(Installation.HTTP);
            Files.writeString(http, Files.readString(http).replace("\"one\"", "\"edited\""));

            assertThatThrownBy(() -> installation.install(rig.says("one"), null))
                    .hasMessageEndingWith("went back: revision 1 is in force");

            assertThat(rig.folder().edited(1)).isEmpty();
            assertServes(rig, "one", 1);
        }
    }

    @Test
    void install_fileOrLinkGone_isWrittenAgain() throws Exception {
        try (Rig rig = Rig.in(folder).saying("one")) {
            Installation installation = rig.installation();
            installation.install(rig.says("one"), null);

            Files.delete(rig.current().resolve(Installation.PROXY));
            installation.install(rig.says("one"), null);
            assertServes(rig, "one", 2);
            Files.delete(rig.current());
            installation.install(rig.says("one"), null);
            assertThat(installation.warnings())
                    .anyMatch(text -> text.contains("did not point to revision 2 any more; revision 3 restored it"));
            DurableFiles.delete(rig.state().resolve("rev-3"));
            installation.install(rig.says("one"), null);

            assertServes(rig, "one", 4);
        }
    }

    @Test
    void install_wentBackFromARevision_isNoEdit() throws Exception {
        try (Rig rig = Rig.in(folder).saying("one");
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Installation installation = rig.installation();
            rig.configure("server { listen 127.0.0.1:" + other.getLocalPort() + "; }");
            assertThatThrownBy(() -> installation.install(rig.says("two"), null))
                    .hasMessageEndingWith("went back: revision 1 is in force");

            installation.install(rig.says("one"), null);

            assertThat(installation.warnings()).isEmpty();
            assertServes(rig, "one", 1);
        }
    }

    @Test
    void install_editedByHandWhileNoAgentRan_isWrittenAgain() throws Exception {
        try (Rig rig = Rig.in(folder).saying("one")) {
            Files.writeString(rig.current().resolve(Installation.PROXY), "# nothing is stripped\n");
            Installation installation = rig.installation();
            assertThat(installation.recover().revision()).isEqualTo(1);
            assertThat(installation.warnings()).anyMatch(text -> text.contains("gray-proxy.conf was edited by hand"));

            assertThat(installation.install(rig.says("one"), null).revision()).isEqualTo(2);

            assertThat(rig.current().resolve(Installation.PROXY)).content().contains("x-gray-tag");
        }
    }

    private static void assertServes(Rig rig, String text, long revision) throws Exception {
        assertThat(rig.text()).isEqualTo(text);
        assertThat(rig.live()).isEqualTo(OptionalLong.of(revision));
        assertThat(rig.folder().current()).isEqualTo(OptionalLong.of(revision));
        assertThat(rig.folder().good()).isEqualTo(OptionalLong.of(revision));
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
