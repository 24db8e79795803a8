package io.grayrelease.nginx.lua;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.grayrelease.gateway.ForgeableNames;
import io.grayrelease.nginx.drive.Installation;

/** The files that an Nginx with Lua needs besides the policy. */
public final class LuaInstallation {
    /** No revision without it is one of these. */
    static final String MAIN = "gray.lua";

    private static final List<String> PARTS = List.of(
            MAIN,
            "gray_baggage.lua",
            "gray_conditions.lua",
            "gray_control.lua",
            "gray_groups.lua",
            "gray_integers.lua",
            "gray_policies.lua",
            "gray_store.lua",
            "gray_values.lua");

    private LuaInstallation() {}

    /**
     * Their texts by name.
     *
     * @param current the folder or link by which Nginx reads them, in the folder of {@code policy.json}
     * @param revision what {@code revision.sock} answers
     * @throws IllegalArgumentException if the folder's path cannot stand in a configuration
     */
    public static Map<String, String> files(Path current, LuaSettings settings, long revision) {
        Map<String, String> files = new LinkedHashMap<>();
        PARTS.forEach(part -> files.put(part, resource(part)));
        files.put(Installation.PROXY, LuaConfiguration.proxy(settings, ForgeableNames.all()));
        files.put(Installation.HTTP, LuaConfiguration.http(LuaSettings.plain(current), settings, revision));
        return files;
    }

    private static String resource(String name) {
        try (InputStream in = LuaInstallation.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("not in this jar: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
