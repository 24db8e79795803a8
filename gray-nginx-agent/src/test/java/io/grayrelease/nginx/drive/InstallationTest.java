package io.grayrelease.nginx.drive;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.nginx.files.DurableFiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@EnabledIf("io.grayrelease.nginx.LiveNginx#isInstalled")
class InstallationTest {
    @TempDir
    private Path folder;

    private Rig rig;

    @BeforeEach
    void prepare() throws Exception {
        rig = Rig.in(folder);
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @Test
    void install_otherFiles_areServedWhenItReturns() throws Exception {
        rig.saying("one");

        Applied applied = rig.installation().install(rig.says("two"), "hash");

        assertThat(applied.revision()).isEqualTo(2);
        assertThat(applied.policy()).isEqualTo("hash");
        assertThat(rig.text()).isEqualTo("two");
        assertThat(rig.folder().good()).isEqualTo(OptionalLong.of(2));
        assertThat(rig.installation().recover()).isEqualTo(applied);
    }

    @Test
    void install_sameFiles_takesNoStepOfAnInstallation() throws Exception {
        rig.saying("one");
        List<Installation.Step> steps = new ArrayList<>();

        Applied applied = rig.installation(steps::add).install(rig.says("one"), "hash of another policy");

        assertThat(applied.revision()).isEqualTo(1);
        assertThat(applied.policy()).isEqualTo("hash of another policy");
        assertThat(steps).containsExactly(Installation.Step.VERIFIED, Installation.Step.MARKED);
        assertThat(rig.installation().recover().policy()).isEqualTo("hash of another policy");
    }

    @Test
    void numberedCaptures_besideOurFiles_areWarnedOf() throws Exception {
        String server = "include %1$s/gray-http.conf; server { listen 127.0.0.1:PORT;"
                + " location ~ ^/(?<a>.*) { include %1$s/gray-proxy.conf; return 200 %2$s; } } # $1";
        Installation installation = rig.installation();

        rig.nginx().configure("", server.formatted(rig.current(), "$a"));
        installation.install(rig.says("one"), null);
        assertThat(installation.warnings()).noneMatch(warning -> warning.contains("named captures"));

        rig.nginx().configure("", server.formatted(rig.current(), "$1"));
        installation.install(rig.says("two"), null);
        assertThat(installation.warnings()).anyMatch(warning -> warning.contains("named captures"));
    }

    @Test
    void folderOfTheSockets_thatIsGone_isThereAgain_beforeNginxStarts() throws Exception {
        rig.saying("one");
        rig.nginx().kill();
        DurableFiles.delete(rig.run());

        assertThat(rig.installation().install(rig.says("one"), null).served()).isFalse();
        rig.nginx().start();

        assertThat(rig.text()).isEqualTo("one");
    }

    @Test
    void install_everyStep_inOrder() throws Exception {
        rig.saying("one");
        List<Installation.Step> steps = new ArrayList<>();

        rig.installation(steps::add).install(rig.says("two"), null);

        assertThat(steps).containsExactly(Installation.Step.values());
    }

    @Test
    void install_filesThatNginxRefuses_changesNothingAndSaysWhere() throws Exception {
        rig.saying("one");

        assertThatThrownBy(() -> rig.installation().install(rig.says("two\"; nonsense"), null))
                .isInstanceOf(DriveException.class)
                .hasMessageContaining("nginx -t refuses revision 2")
                .hasMessageContaining(rig.current() + "/gray-http.conf:1")
                .hasMessageEndingWith("revision 1 is in force");

        assertThat(rig.text()).isEqualTo("one");
        assertThat(rig.folder().current()).isEqualTo(OptionalLong.of(1));
        assertThat(rig.state()).isDirectoryNotContaining("regex:.*(stage|test|rev-2|partial).*");
    }

    @Test
    void install_configurationWithoutTheInclude_saysWhatToWrite() throws Exception {
        rig.nginx().configure("", "# include " + rig.current() + "/gray-http.conf;\nserver { listen 127.0.0.1:PORT; }");

        assertThatThrownBy(() -> rig.installation().install(rig.says("one"), null))
                .hasMessageContaining("nginx.conf does not include")
                .hasMessageContaining("expected \"include " + rig.current() + "/gray-http.conf;\" in its http block");
        assertThat(rig.current()).doesNotExist();
    }

    @Test
    void install_configurationWithoutTheHeaders_warns() throws Exception {
        rig.nginx()
                .configure(
                        "",
                        "include " + rig.current() + "/gray-http.conf; server { listen 127.0.0.1:PORT; return 204; }");
        Installation installation = rig.installation();

        installation.install(rig.says("one"), null);

        assertThat(installation.warnings())
                .anyMatch(text -> text.contains("does not include " + rig.current() + "/gray-proxy.conf"));
    }

    @Test
    void install_noConfiguration_saysWhichFile() throws Exception {
        Files.delete(rig.nginx().program().configuration());

        assertThatThrownBy(() -> rig.installation().install(rig.says("one"), null))
                .isInstanceOf(DriveException.class)
                .hasMessageContaining("nginx.conf");
    }

    @Test
    void install_nginxDoesNotRun_servesItOnceItStarts() throws Exception {
        Installation installation = rig.installation();

        Applied applied = installation.install(rig.says("one"), null);

        assertThat(applied.revision()).isEqualTo(1);
        assertThat(installation.warnings()).anyMatch(text -> text.contains("Nginx does not run"));
        assertThat(rig.folder().good()).isEmpty();
        rig.nginx().start();
        assertThat(rig.text()).isEqualTo("one");
        assertThat(installation.install(rig.says("one"), null).revision()).isEqualTo(1);
        assertThat(installation.warnings()).isEmpty();
        assertThat(rig.folder().good()).isEqualTo(OptionalLong.of(1));
    }

    @Test
    void install_nginxRanBeforeWithoutIt_isServed() throws Exception {
        rig.nginx()
                .configure("", "server { listen 127.0.0.1:PORT; return 204; }")
                .start();
        rig.configure("");

        rig.installation().install(rig.says("one"), null);

        assertThat(rig.text()).isEqualTo("one");
    }

    @Test
    void install_hasReturned_noOldWorkerTakesARequest() throws Exception {
        rig.saying("0");
        Installation installation = rig.installation();
        for (int i = 1; i <= 5; i++) {
            installation.install(rig.says(Integer.toString(i)), null);

            for (int request = 0; request < 100; request++) {
                assertThat(rig.text()).isEqualTo(Integer.toString(i));
            }
        }
    }

    @Test
    void install_manyTimes_keepsTheLastFive() throws Exception {
        rig.saying("1");
        Installation installation = rig.installation();
        for (int i = 2; i <= 7; i++) {
            installation.install(rig.says(Integer.toString(i)), null);
        }

        assertThat(rig.folder().current()).isEqualTo(OptionalLong.of(7));
        assertThat(DurableFiles.children(rig.state()).stream()
                        .map(path -> path.getFileName().toString()))
                .containsExactly("current", "good", "rev-3", "rev-4", "rev-5", "rev-6", "rev-7");
    }

    @Test
    void install_stateFolderEmptied_countsOnFromWhatIsServed() throws Exception {
        rig.saying("one").installation().install(rig.says("two"), null);
        DurableFiles.delete(rig.state());

        assertThat(rig.installation().install(rig.says("two"), null).revision()).isEqualTo(3);
        assertThat(rig.live()).isEqualTo(OptionalLong.of(3));
    }

    @Test
    void install_filesThatNameEachOther_areTestedAsStaged() throws Exception {
        rig.saying("one");
        Map<String, String> plain = rig.says("two").apply(2);
        Map<String, String> split = Map.of(
                Installation.HTTP,
                "include " + rig.current() + "/more.conf;",
                "more.conf",
                plain.get(Installation.HTTP),
                Installation.PROXY,
                "");

        rig.installation().install(revision -> split, null);

        assertThat(rig.text()).isEqualTo("two");
    }
}
