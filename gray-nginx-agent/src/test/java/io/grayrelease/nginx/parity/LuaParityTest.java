package io.grayrelease.nginx.parity;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.condition.EnabledIf;

import io.grayrelease.nginx.LiveNginx;
import io.grayrelease.nginx.drive.UnixHttp;
import io.grayrelease.nginx.lua.LuaInstallation;
import io.grayrelease.nginx.lua.LuaPolicy;
import io.grayrelease.nginx.lua.LuaSettings;
import io.grayrelease.nginx.model.EdgeModel;
import io.grayrelease.policy.model.GrayPolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@EnabledIf("io.grayrelease.nginx.LiveNginx#hasLua")
class LuaParityTest extends Parity {
    private LiveNginx nginx;
    private UnixHttp socket;
    private long revision;

    @Override
    boolean canExpress(GrayPolicy policy) {
        return true;
    }

    @Override
    LiveNginx start() throws Exception {
        LuaSettings settings = new LuaSettings(
                folder, List.of(WEB.name()), SOURCES.trustedProxies(), LuaSettings.DEFAULT_DICTIONARY_SIZE, 8, null);
        LuaInstallation.write(folder, settings);
        nginx = LiveNginx.in(folder)
                .configure(LiveNginx.LUA_MODULES, SERVER.formatted(folder, folder))
                .start();
        socket = new UnixHttp(settings.socket(), Duration.ofSeconds(5));
        return nginx;
    }

    @Override
    long load(EdgeModel model) throws Exception {
        revision++;
        UnixHttp.Response answer = socket.put("/policy", LuaPolicy.json(model, revision));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        await("revision " + revision)
                .pollInterval(Duration.ofMillis(10))
                .ignoreExceptions()
                .until(() -> socket.get("/revision").body().replace(" ", "").contains("\"acks\":[" + revision + "]"));
        return revision;
    }

    @Override
    void stop() throws Exception {
        nginx.close();
    }
}
