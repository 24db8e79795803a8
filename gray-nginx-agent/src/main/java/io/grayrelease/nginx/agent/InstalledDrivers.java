package io.grayrelease.nginx.agent;

import java.time.Clock;

import org.jspecify.annotations.Nullable;

import io.grayrelease.nginx.drive.DriveException;
import io.grayrelease.nginx.drive.DriveTimings;
import io.grayrelease.nginx.drive.Installation;
import io.grayrelease.nginx.drive.NativeDriver;
import io.grayrelease.nginx.drive.NginxDriver;
import io.grayrelease.nginx.drive.NginxProgram;
import io.grayrelease.nginx.lua.LuaDriver;
import io.grayrelease.nginx.lua.LuaSettings;
import io.grayrelease.nginx.render.RenderSettings;

/** The drivers for the Nginx of this machine. */
public final class InstalledDrivers implements Drivers {
    /** Knows {@code keepalive_min_timeout}. */
    private static final NginxProgram.Version KEEPS_CONNECTIONS = new NginxProgram.Version(1, 27, 4);

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
        Installation installation =
                Installation.open(settings.nginx(), settings.stateDir(), settings.runDir(), DriveTimings.DEFAULT);
        return new NativeDriver(settings.nginx(), installation, new NativeRendering(rendering, Clock.systemUTC()));
    }

    private static NginxDriver luaDriver(AgentSettings settings) throws DriveException {
        LuaSettings lua = new LuaSettings(
                settings.runDir(),
                settings.upstreams().stream().map(UpstreamSettings::name).toList(),
                settings.sources().trustedProxies(),
                LuaSettings.DEFAULT_DICTIONARY_SIZE,
                keepalive(settings),
                keepaliveMinTimeout(settings));
        return new LuaDriver(settings.stateDir(), lua, settings.nginx(), Clock.systemUTC());
    }

    private static int keepalive(AgentSettings settings) {
        return settings.upstreams().stream()
                .mapToInt(UpstreamSettings::keepalive)
                .max()
                .orElseThrow();
    }

    private static @Nullable String keepaliveMinTimeout(AgentSettings settings) throws DriveException {
        return settings.nginx().version().compareTo(KEEPS_CONNECTIONS) < 0 ? null : settings.keepaliveMinTimeout();
    }
}
