package io.grayrelease.nginx.parity;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.condition.EnabledIf;

import io.grayrelease.nginx.LiveNginx;
import io.grayrelease.nginx.drive.UnixHttp;
import io.grayrelease.nginx.model.EdgeModel;
import io.grayrelease.nginx.render.NativeConfiguration;
import io.grayrelease.nginx.render.NativeRenderer;
import io.grayrelease.nginx.render.RenderSettings;
import io.grayrelease.policy.model.GrayPolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@EnabledIf("io.grayrelease.nginx.LiveNginx#isInstalled")
class NativeParityTest extends Parity {
    private LiveNginx nginx;
    private long revision;

    @Override
    boolean canExpress(GrayPolicy policy) {
        return NativeRenderer.unsupported(policy).isEmpty();
    }

    @Override
    LiveNginx start() throws Exception {
        nginx = LiveNginx.in(folder).configure("", SERVER.formatted(folder, folder));
        return nginx;
    }

    @Override
    long load(EdgeModel model) throws Exception {
        NativeConfiguration configuration =
                NativeRenderer.render(model, new RenderSettings(folder, Map.of("web", 8), null), Instant.now());
        revision++;
        Files.writeString(folder.resolve("gray-http.conf"), configuration.http(revision));
        Files.writeString(folder.resolve("gray-proxy.conf"), configuration.proxy());
        if (nginx.master().isEmpty()) {
            nginx.start();
        } else {
            assertThat(nginx.program().reload().isFine()).isTrue();
        }
        UnixHttp socket = new UnixHttp(folder.resolve("revision.sock"), Duration.ofSeconds(5));
        await("revision " + revision + " of " + folder)
                .pollInterval(Duration.ofMillis(10))
                .ignoreExceptions()
                .until(() -> socket.get("/revision").body().trim().equals(Long.toString(revision)));
        return revision;
    }

    @Override
    void stop() throws Exception {
        nginx.close();
    }
}
