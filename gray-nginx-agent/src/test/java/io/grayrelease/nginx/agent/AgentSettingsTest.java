package io.grayrelease.nginx.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.grayrelease.gateway.ValueSource;
import io.grayrelease.nginx.agent.AgentSettings.Driver;
import io.grayrelease.nginx.drive.NginxProgram;
import io.grayrelease.nginx.model.HttpSources;
import io.grayrelease.nginx.model.Server;
import io.grayrelease.nginx.model.UpstreamTarget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

class AgentSettingsTest {
    @TempDir
    Path folder;

    private AgentSettings read(String text) throws IOException, SettingsException {
        return AgentSettings.read(Files.writeString(folder.resolve("agent.properties"), text));
    }

    private List<String> problems(String text) {
        Throwable refusal = catchThrowable(() -> read(text));
        assertThat(refusal).isInstanceOf(SettingsException.class);
        String before = folder.resolve("agent.properties") + ": ";
        return refusal.getMessage()
                .lines()
                .map(line -> line.substring(before.length()))
                .toList();
    }

    @Test
    void fewestSettings_haveDefaults() throws Exception {
        assertThat(read("upstream.web.servers = 10.0.0.1:8080\n"))
                .isEqualTo(new AgentSettings(
                        null,
                        "gray-policy",
                        null,
                        Duration.ofSeconds(30),
                        Path.of("/var/lib/gray-nginx"),
                        Path.of("/run/gray-nginx"),
                        Driver.NATIVE,
                        new NginxProgram("nginx", Path.of("/etc/nginx/nginx.conf"), null, List.of()),
                        "2s",
                        new HttpSources(
                                List.of(ValueSource.parse("header:x-uid")),
                                List.of(ValueSource.parse("header:x-gray-token")),
                                List.of()),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(5),
                        List.of(new UpstreamSettings(
                                new UpstreamTarget("web", "web", null),
                                Set.of(new Server("10.0.0.1:8080", null)),
                                null,
                                64)),
                        Map.of()));
    }

    @Test
    void allSettings_areTaken() throws Exception {
        AgentSettings settings = read(
                """
                source = file:/etc/gray/policy.properties
                namespace = other-policy
                zookeeper = zk1:2181,zk2:2181/gray
                zookeeper.grace = 1m
                state-dir = /var/lib/x
                run-dir = /run/x
                driver = lua
                nginx.binary = /opt/nginx/sbin/nginx
                nginx.conf = /opt/nginx/nginx.conf
                nginx.prefix = /opt/nginx
                nginx.reload = systemctl   reload nginx
                nginx.keepalive-min-timeout = off
                uid-sources = header:x-uid, cookie:uid,param:uid
                token-sources =
                trusted-proxies = 10.0.0.0/8, fd00::1
                reload.quiet = 0ms
                reload.min-interval = 2m
                upstream.web.application = web-app
                upstream.web.service = com.acme.WebService
                upstream.web.port = 8080
                upstream.web.keepalive = 7
                upstream.stock.application = 库存
                upstream.stock.servers = 10.0.0.1:8080, fd00:0::9:8080@2.0.0
                app.id = nginx-edge
                apollo.meta = http://apollo:8080
                """);

        assertThat(settings.policyFile()).isEqualTo(Path.of("/etc/gray/policy.properties"));
        assertThat(settings.namespace()).isEqualTo("other-policy");
        assertThat(settings.zookeeper()).isEqualTo("zk1:2181,zk2:2181/gray");
        assertThat(settings.grace()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.stateDir()).isEqualTo(Path.of("/var/lib/x"));
        assertThat(settings.runDir()).isEqualTo(Path.of("/run/x"));
        assertThat(settings.driver()).isEqualTo(Driver.LUA);
        assertThat(settings.gap()).isZero();
        assertThat(settings.nginx())
                .isEqualTo(new NginxProgram(
                        "/opt/nginx/sbin/nginx",
                        Path.of("/opt/nginx/nginx.conf"),
                        Path.of("/opt/nginx"),
                        List.of("systemctl", "reload", "nginx")));
        assertThat(settings.keepaliveMinTimeout()).isNull();
        assertThat(settings.sources().uid()).hasToString("[header:x-uid, cookie:uid, param:uid]");
        assertThat(settings.sources().token()).isEmpty();
        assertThat(settings.sources().trustedProxies()).containsExactly("10.0.0.0/8", "fd00::1");
        assertThat(settings.quiet()).isZero();
        assertThat(settings.minInterval()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.upstreams())
                .containsExactly(
                        new UpstreamSettings(
                                new UpstreamTarget("stock", "库存", null),
                                Set.of(new Server("10.0.0.1:8080", null), new Server("[fd00::9]:8080", "2.0.0")),
                                null,
                                64),
                        new UpstreamSettings(
                                new UpstreamTarget("web", "web-app", "com.acme.WebService"), Set.of(), 8080, 7));
        assertThat(settings.watched())
                .extracting(watched -> watched.target().name())
                .containsExactly("web");
        assertThat(settings.apollo()).isEqualTo(Map.of("app.id", "nginx-edge", "apollo.meta", "http://apollo:8080"));
    }

    @Test
    void problems_areNamedAllAtOnce() {
        assertThat(
                        problems(
                                """
                        sources = apollo
                        driver = openresty
                        reload.quiet = soon
                        upstream.web.application = web-app
                        upstream.web.aplication = web-app
                        upstream.Web.application = web-app
                        """))
                .containsExactly(
                        "driver: found \"openresty\", expected native or lua",
                        "reload.quiet: found \"soon\", expected a time as 500ms, 5s or 2m",
                        "sources: found this key, expected one of the settings; did you mean \"source\"?",
                        "upstream.Web.application: found \"Web\", expected upstream.<name>.<part> with a name of a-z,"
                                + " 0-9 and _, at most 32, a letter first",
                        "upstream.web.aplication: found this key, expected upstream.web with .application, .service,"
                                + " .port, .servers or .keepalive; did you mean \"upstream.web.application\"?",
                        "zookeeper: found none, expected one to look for the servers of web in, or"
                                + " upstream.<name>.servers");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "source = nacos | source: found \"nacos\", expected apollo or file:<path>",
                "source = file: | source: found \"file:\", expected apollo or file:<path>",
                "namespace = a b | namespace: found \"a b\", expected the name of a namespace in Apollo",
                "zookeeper = zk1 | zookeeper: found \"zk1\", expected <host>:<port>[,<host>:<port>...][/<path>]",
                "state-dir = state | state-dir: found \"state\", expected an absolute path",
                "nginx.reload = | nginx.reload: found \"\", expected a command",
                "nginx.keepalive-min-timeout = on | nginx.keepalive-min-timeout: found \"on\", expected a time as 500ms, 5s or 2m, or off",
                "uid-sources = header:x-uid, body:uid | uid-sources: found \"body:uid\", expected header:<name>, cookie:<name> or param:<name>",
                "uid-sources = header:x;uid | uid-sources: found \"header:x;uid\", expected header:<name>, cookie:<name> or param:<name>",
                "trusted-proxies = 10.0.0.0/33 | trusted-proxies: found \"10.0.0.0/33\", expected addresses or networks as 10.0.0.0/8",
                "upstream.a.servers = host:80 | upstream.a.servers: found \"host:80\", expected <IP address>:<port>, or with @<version> after it",
                "upstream.a.servers = 10.0.0.1:80@2.* | upstream.a.servers: found \"10.0.0.1:80@2.*\", expected <IP address>:<port>, or with @<version> after it",
                "upstream.a.servers = 10.0.0.1:80,10.0.0.1:80@2 | upstream.a.servers: found 10.0.0.1:80 twice, expected each server once",
                "upstream.a.keepalive = 0 | upstream.a: found neither .application nor .servers, expected one of them",
                "upstream.web.port = 70000 | upstream.web.port: found \"70000\", expected a number from 1 to 65535",
                "upstream.web.service = a/b | upstream.web.service: found \"a/b\", expected a name without / and spaces",
                "upstream.web = x | upstream.web: found \"\", expected upstream.<name>.<part> with a name of a-z, 0-9 and _, at most 32, a letter first",
                "upstream.web.servers = 10.0.0.1:80 | upstream.web.servers: found it twice, expected each key once"
            })
    void value_thatIsWrong_isNamedWithWhatWasExpected(String line, String problem) {
        assertThat(problems("upstream.web.servers = 10.0.0.1:8080\n" + line + "\n"))
                .contains(problem);
    }

    @Test
    void upstreams_thatAreMissing_areAskedFor() {
        assertThat(problems("driver = lua"))
                .singleElement()
                .asString()
                .contains("at least one upstream, as upstream.web.application = web-app");
    }

    @Test
    void file_thatIsNoUtf8_isNotRead() throws Exception {
        Path file =
                Files.write(folder.resolve("x"), "upstream.web.application = é".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> AgentSettings.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void socketPath_thatWouldBeTooLong_isRefused() {
        assertThat(problems("upstream.web.servers = 10.0.0.1:80\nrun-dir = /" + "a".repeat(90)))
                .singleElement()
                .asString()
                .contains("an absolute path of at most 85 characters");
    }
}
