package io.grayrelease.nginx.agent;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.grayrelease.nginx.drive.DriveException;
import io.grayrelease.nginx.drive.DriveTimings;
import io.grayrelease.nginx.drive.Installation;
import io.grayrelease.nginx.drive.NativeDriver;
import io.grayrelease.nginx.drive.NginxDriver;
import io.grayrelease.nginx.drive.NginxProgram;
import io.grayrelease.nginx.lua.LuaDriver;
import io.grayrelease.nginx.lua.LuaSettings;
import io.grayrelease.nginx.lua.PolicyFile;
import io.grayrelease.nginx.model.EdgeModel;
import io.grayrelease.nginx.render.NativeRenderer;
import io.grayrelease.nginx.render.RenderSettings;

/** The drivers for the Nginx of this machine. */
public final class InstalledDrivers implements Drivers {
    @Override
    public NginxDriver open(AgentSettings settings) throws DriveException {
        try {
            return switch (settings.driver()) {
                case NATIVE -> nativeDriver(settings);
                case LUA -> luaDriver(settings);
            };
        } catch (IllegalArgumentException e) {
            throw new DriveException(String.valueOf(e.getMessage()), e);
        }
    }

    private static NginxDriver nativeDriver(AgentSettings settings) throws DriveException {
        RenderSettings rendering =
                new RenderSettings(settings.runDir(), keepalive(settings), keepaliveMinTimeout(settings));
        EdgeModel nothing = new EdgeModel(null, settings.sources(), List.of());
        NativeRenderer.render(
                nothing, rendering, Clock.systemUTC().instant()); // fails for sources that Nginx cannot read
        return new NativeDriver(
                settings.nginx(), installation(settings), new NativeRendering(rendering, Clock.systemUTC()));
    }

    private static NginxDriver luaDriver(AgentSettings settings) throws DriveException {
        LuaSettings lua = new LuaSettings(
                settings.runDir(),
                keepalive(settings),
                settings.sources().trustedProxies(),
                LuaSettings.DEFAULT_DICTIONARY_SIZE,
                keepaliveMinTimeout(settings));
        PolicyFile file = PolicyFile.in(settings.stateDir());
        return new LuaDriver(installation(settings), file, lua, Clock.systemUTC());
    }

    /** Numbers of revisions go on when an operator changes the driver. */
    private static Installation installation(AgentSettings settings) {
        PolicyFile pushed = PolicyFile.in(settings.stateDir());
        return Installation.of(
                settings.nginx(), settings.stateDir(), settings.runDir(), DriveTimings.DEFAULT, pushed::revision);
    }

    private static Map<String, Integer> keepalive(AgentSettings settings) {
        Map<String, Integer> connections = new LinkedHashMap<>();
        settings.upstreams().forEach(upstream -> connections.put(upstream.name(), upstream.keepalive()));
        return connections;
    }

    private static @Nullable String keepaliveMinTimeout(AgentSettings settings) throws DriveException {
        return settings.nginx().version().compareTo(NginxProgram.KEEPS_CONNECTIONS) < 0
                ? null
                : settings.keepaliveMinTimeout();
    }
}
