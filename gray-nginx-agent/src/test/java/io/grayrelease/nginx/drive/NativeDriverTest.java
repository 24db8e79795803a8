package io.grayrelease.nginx.drive;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.nginx.model.EdgeModel;
import io.grayrelease.nginx.model.HttpSources;
import io.grayrelease.nginx.model.ServiceUpstream;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Problem;

import static org.assertj.core.api.Assertions.assertThat;

class NativeDriverTest {
    private static final HttpSources SOURCES = new HttpSources(List.of(), List.of(), List.of());

    @TempDir
    private Path folder;

    @Test
    @EnabledIf("io.grayrelease.nginx.LiveNginx#isInstalled")
    void apply_models_areRenderedAndServed() throws Exception {
        try (Rig rig = Rig.in(folder).saying("one");
                NativeDriver driver =
                        new NativeDriver(rig.nginx().program(), rig.installation(), new UpstreamNames(rig))) {
            assertThat(driver.recover().revision()).isEqualTo(1);

            Applied applied = driver.apply(model("web"));

            assertThat(applied.revision()).isEqualTo(2);
            assertThat(applied.policy()).isNull();
            assertThat(rig.text()).isEqualTo("web");
            assertThat(driver.apply(model("web"))).isEqualTo(applied);
            Files.writeString(rig.current().resolve("gray-proxy.conf"), "");
            assertThat(driver.apply(model("web")).revision()).isEqualTo(3);
            assertThat(driver.warnings())
                    .anyMatch(text -> text.contains("gray-proxy.conf was edited by hand; revision 3 restored it"));
            assertThat(driver.removeStaleSockets()).isFalse();
        }
    }

    private static EdgeModel model(String upstream) {
        return new EdgeModel(null, SOURCES, List.of(new ServiceUpstream(upstream, List.of(), Map.of())));
    }

    @Test
    void warnings_beforeKeepAliveIsKept_sayWhatAReloadCosts() {
        assertThat(NativeDriver.warnings(new NginxProgram.Version(1, 22, 1), List.of("more")))
                .hasSize(2)
                .anyMatch(text -> text.contains("nginx 1.22.1 closes keep-alive connections"))
                .contains("more");
        assertThat(NativeDriver.warnings(new NginxProgram.Version(1, 27, 3), List.of()))
                .hasSize(1);
        assertThat(NativeDriver.warnings(new NginxProgram.Version(1, 27, 4), List.of()))
                .isEmpty();
        assertThat(NativeDriver.warnings(new NginxProgram.Version(1, 30, 0), List.of()))
                .isEmpty();
    }

    /** Makes Nginx say the name of the first upstream. */
    private record UpstreamNames(Rig rig) implements NativeDriver.Renderer {
        @Override
        public Map<String, String> files(EdgeModel model, long revision) {
            return rig.says(model.upstreams().get(0).name()).apply(revision);
        }

        @Override
        public List<Problem> unsupported(GrayPolicy policy) {
            return List.of();
        }
    }
}
