package io.grayrelease.nginx.lua;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.grayrelease.gateway.ForgeableNames;

/** The files that an Nginx with Lua needs besides the policy. */
public final class LuaInstallation {
    /** The last good policy, beside these files. */
    static final String POLICY = "policy.json";

    private static final List<String> PARTS = List.of(
            "gray.lua",
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
     * Writes all of them into a folder; they are good for no other. What is in it already is replaced.
     *
     * @throws IllegalArgumentException if the folder's path cannot stand in a configuration
     */
    public static void write(Path folder, LuaSettings settings) throws IOException {
        for (Map.Entry<String, String> file : files(folder, settings).entrySet()) {
            Durable.write(folder.resolve(file.getKey()), file.getValue());
        }
    }

    /** Whether a folder holds exactly what {@link #write} would write. */
    static boolean isIn(Path folder, LuaSettings settings) {
        return files(folder, settings).entrySet().stream()
                .allMatch(file -> file.getValue().equals(Durable.read(folder.resolve(file.getKey()))));
    }

    /** Texts by the name of their file. */
    private static Map<String, String> files(Path folder, LuaSettings settings) {
        Map<String, String> files = new LinkedHashMap<>();
        PARTS.forEach(part -> files.put(part, resource(part)));
        files.put("gray-proxy.conf", LuaConfiguration.proxy(settings, ForgeableNames.all()));
        String id = id(folder, settings);
        files.put("gray-http.conf", LuaConfiguration.http(LuaSettings.plain(folder), settings, id));
        return files;
    }

    /** Tells these files from those of other settings, another folder or another version of the agent. */
    static String id(Path folder, LuaSettings settings) {
        MessageDigest digest = sha256();
        PARTS.forEach(part -> digest.update(resource(part).getBytes(StandardCharsets.UTF_8)));
        String rest = LuaConfiguration.proxy(settings, ForgeableNames.all())
                + LuaConfiguration.http(LuaSettings.plain(folder), settings, "");
        digest.update(rest.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest()).substring(0, 12);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
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
