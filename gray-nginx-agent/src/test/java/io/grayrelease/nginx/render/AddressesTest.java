package io.grayrelease.nginx.render;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.nginx.model.EdgeModel;
import io.grayrelease.nginx.model.HttpSources;

import static org.assertj.core.api.Assertions.assertThat;

/** The address of a client, at a live Nginx behind a trusted proxy. */
@EnabledIf("io.grayrelease.nginx.LiveNginx#isInstalled")
class AddressesTest {
    @TempDir
    private Path folder;

    private RenderedNginx start(String... conditions) throws Exception {
        Map<String, String> keys = new LinkedHashMap<>();
        for (int i = 0; i < conditions.length; i++) {
            keys.put("gray.rule." + i + "-r" + i, conditions[i] + " => T" + i);
            keys.put("gray.route.T" + i, "a:1");
        }
        HttpSources sources = new HttpSources(List.of(), List.of(), List.of("127.0.0.1/31", "10.9.9.9"));
        return RenderedNginx.start(folder, new EdgeModel(RenderedNginx.policy(keys), sources, List.of()));
    }

    private static String tags(RenderedNginx nginx, String address) throws Exception {
        return nginx.ask("x-forwarded-for: " + address).tag();
    }

    @Test
    void networks_containTheirAddresses() throws Exception {
        try (RenderedNginx nginx = start(
                "ip == 10.1.2.3/8",
                "ip in (192.168.0.1, 192.168.0.1/32, ::ffff:192.168.0.1, 192.168.0.9/30, host, \"\")",
                "ip == \"FD00:0::1/8\"",
                "ip == 2001:db8::1",
                "ip != 10.0.0.0/8",
                "ip like \"10.1.*\"",
                "ip in (255.255.255.255, 0.0.0.0/0, 255.255.255.255/31)")) {
            assertThat(tags(nginx, "10.1.0.1")).isEqualTo("T0,T5,T6");
            assertThat(tags(nginx, "10.2.0.1")).isEqualTo("T0,T6");
            assertThat(tags(nginx, "192.168.0.1")).isEqualTo("T1,T4,T6");
            assertThat(tags(nginx, "::ffff:192.168.0.10")).isEqualTo("T1,T4,T6");
            assertThat(tags(nginx, "192.168.0.2")).isEqualTo("T4,T6");
            assertThat(tags(nginx, "fd12::1")).isEqualTo("T2,T4");
            assertThat(tags(nginx, "2001:DB8:0:0::1")).isEqualTo("T3,T4");
            assertThat(tags(nginx, "255.255.255.255")).isEqualTo("T4,T6");
        }
    }

    @Test
    void forwardedFor_isReadUpToTheFirstThatIsNotTrusted() throws Exception {
        try (RenderedNginx nginx = start("ip == 1.2.3.4", "ip == 127.0.0.1")) {
            assertThat(tags(nginx, "9.9.9.9, 1.2.3.4, 10.9.9.9")).isEqualTo("T0");
            assertThat(tags(nginx, "1.2.3.4, 9.9.9.9")).isEqualTo("-");
            assertThat(tags(nginx, "none")).isEqualTo("T1");
        }
    }
}
