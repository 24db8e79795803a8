package io.grayrelease.nginx.drive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.nginx.LiveNginx;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever way a configuration leads to the current revision, the staged one is what is tested. */
@EnabledIf("io.grayrelease.nginx.LiveNginx#isInstalled")
class StagedConfigurationTest {
    @TempDir
    private Path folder;

    private LiveNginx nginx;
    private Path state;
    private Path stage;

    @BeforeEach
    void currentIsBroken() throws Exception {
        nginx = LiveNginx.in(folder);
        state = folder.resolve("state");
        stage = state.resolve("stage-2");
        write(state.resolve("rev-1/gray-http.conf"), "broken;");
        write(state.resolve("rev-1/gray-proxy.conf"), "broken;");
        Files.createSymbolicLink(state.resolve("current"), Path.of("rev-1"));
        write(stage.resolve("gray-http.conf"), "map $uri $gray { default 1; }");
        write(stage.resolve("gray-proxy.conf"), "proxy_set_header x-gray-tag $gray;");
    }

    @AfterEach
    void stop() throws Exception {
        nginx.close();
    }

    @Test
    void includes_inTheMainFile_areReplaced() throws Exception {
        assertTestsTheStage(
                "include STATE/current/gray-http.conf;\n server { location / { include 'STATE/current/gray-proxy.conf' ; } }");
    }

    @Test
    void includes_nestedRelativeAndThroughLinks_areReplaced() throws Exception {
        write("conf/conf.d/gray.conf", "include STATE/current/gray-http.conf;");
        write("conf/sites-available/web", "server { location / { include snippets/gray.conf; } }");
        write("conf/sites-available/other", "server { listen 127.0.0.1:PORT; }");
        write("conf/snippets/gray.conf", "include \"STATE/current/gray-proxy.conf\"; include ../more/add.conf;");
        write("more/add.conf", "proxy_hide_header x;");
        Files.createDirectories(folder.resolve("conf/sites-enabled"));
        Files.createSymbolicLink(folder.resolve("conf/sites-enabled/web"), Path.of("../sites-available/web"));
        Files.createSymbolicLink(
                folder.resolve("conf/sites-enabled/other"), folder.resolve("conf/sites-available/other"));

        assertTestsTheStage("include conf.d/*.conf; include sites-enabled/*;");
    }

    @Test
    void includes_fromElsewhereAndByAnotherNameOfTheFolder_areReplaced() throws Exception {
        Path other = folder.resolve("other");
        Files.createSymbolicLink(other, state);
        write("srv/http/gray.conf", "include " + other + "/current/gray-http.conf;");
        write("srv/site.conf", "server { location / { include STATE/../state/current/gray-p*.conf; } }");

        assertTestsTheStage("include " + folder + "/srv/*/gray.conf; include " + folder + "/srv/site.conf;");
    }

    @Test
    void relativePaths_ofOtherFiles_areFound() throws Exception {
        write("conf/types/mime.types", "text/html html;");
        write("conf/users", "a:b");
        write("shared/geo.conf", "default 1;");

        assertTestsTheStage("types { include types/mime.types; } geo $g { include ../shared/geo.conf; }\n"
                + "include STATE/current/gray-http.conf;"
                + "server { auth_basic_user_file users; location / { include STATE/current/gray-proxy.conf; } }");
    }

    @Test
    void includes_onlyInComments_areNone() throws Exception {
        configure(
                "# include STATE/current/gray-http.conf;\n log_format x 'a # b' ; #include STATE/current/gray-proxy.conf;");

        try (StagedConfiguration staged = staged()) {
            assertThat(staged.includes(Installation.HTTP)).isFalse();
            assertThat(staged.includes(Installation.PROXY)).isFalse();
        }
    }

    @Test
    void explain_namesTheFilesThatPeopleKnow() throws Exception {
        write("conf/site.conf", "\ninclude STATE/current/gray-http.conf; wrong;");
        configure("include site.conf;");
        try (StagedConfiguration staged = staged()) {
            String said = staged.explain(nginx.program().test(staged.main()).output());

            assertThat(said)
                    .contains("\"wrong\" in " + folder + "/conf/site.conf:2")
                    .doesNotContain("test-stage");
        }
        assertThat(state).isDirectoryNotContaining("glob:**/test-*");
    }

    @Test
    void include_ofItself_endsAndNginxSaysSo() throws Exception {
        write("conf/loop.conf", "include loop.conf; include STATE/current/gray-http.conf;");
        configure("include loop.conf;");

        try (StagedConfiguration staged = staged()) {
            assertThat(nginx.program().test(staged.main()).isFine()).isFalse();
        }
    }

    private void assertTestsTheStage(String http) throws Exception {
        configure(http);
        try (StagedConfiguration staged = staged()) {
            NginxProgram.Outcome outcome = nginx.program().test(staged.main());

            assertThat(outcome.isFine()).as(outcome.output()).isTrue();
            assertThat(staged.includes(Installation.HTTP)).isTrue();
            assertThat(staged.includes(Installation.PROXY)).isTrue();
        }
        for (String name : new String[] {Installation.HTTP, Installation.PROXY}) {
            String fine = Files.readString(stage.resolve(name));
            write(stage.resolve(name), "refused;");
            try (StagedConfiguration staged = staged()) {
                String said = staged.explain(nginx.program().test(staged.main()).output());

                assertThat(said).contains("unknown directive \"refused\" in " + state + "/current/" + name + ":1");
            }
            write(stage.resolve(name), fine);
        }
    }

    private StagedConfiguration staged() throws IOException {
        return StagedConfiguration.of(state.resolve("current"), nginx.program().configuration(), stage);
    }

    private void configure(String http) throws IOException {
        nginx.configure("", http.replace("STATE", state.toString()));
    }

    private void write(String name, String text) throws IOException {
        write(
                folder.resolve(name),
                text.replace("STATE", state.toString()).replace("PORT", Integer.toString(nginx.port())));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
