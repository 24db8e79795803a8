package io.grayrelease.nginx.parity;

import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.condition.EnabledIf;

import io.grayrelease.nginx.LiveNginx;
import io.grayrelease.nginx.drive.RunFolder;
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
                folder, Map.of(WEB.name(), 8), SOURCES.trustedProxies(), LuaSettings.DEFAULT_DICTIONARY_SIZE, null);
        RunFolder.create(folder);
        for (Map.Entry<String, String> file :
                LuaInstallation.files(folder, settings, 1).entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        nginx = LiveNginx.in(folder)
                .configure(LiveNginx.LUA_MODULES, SERVER.formatted(folder, folder))
                .start();
        socket = new UnixHttp(folder.resolve(RunFolder.POLICY), Duration.ofSeconds(5));
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
                .until(() -> socket.get("/state").body().replace(" ", "").contains("\"acks\":[" + revision + "]"));
        return revision;
    }

    @Override
    void stop() throws Exception {
        nginx.close();
    }
}
