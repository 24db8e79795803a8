package io.grayrelease.nginx.lua;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.IpBlock;

/**
 * What the files of a Lua installation depend on; a change of it costs one reload. Immutable.
 *
 * @param runDir the folder of the sockets
 * @param upstreams how many idle connections to servers a worker keeps for each upstream, by its
 *     {@link io.grayrelease.nginx.model.UpstreamTarget#name}; 0: none
 * @param trustedProxies addresses and networks whose {@code X-Forwarded-For} counts
 * @param dictionarySize the size of the shared dictionary, as nginx writes it: {@code 16m}. Two policies have to fit into it
 * @param keepaliveMinTimeout for nginx's {@code keepalive_min_timeout} (from 1.27.4 on); null: not written
 */
public record LuaSettings(
        Path runDir,
        Map<String, Integer> upstreams,
        List<String> trustedProxies,
        String dictionarySize,
        @Nullable String keepaliveMinTimeout) {
    /** {@value}. */
    public static final String DEFAULT_DICTIONARY_SIZE = "16m";

    private static final Pattern PLAIN_PATH = Pattern.compile("/[A-Za-z0-9._/@+-]*");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");
    private static final Pattern SIZE = Pattern.compile("[1-9][0-9]{0,8}[km]");
    private static final Pattern TIME = Pattern.compile("[1-9][0-9]{0,8}(ms|s|m)");

    /** @throws IllegalArgumentException telling what was found and expected */
    public LuaSettings {
        plain(runDir);
        upstreams = Collections.unmodifiableMap(new LinkedHashMap<>(upstreams));
        trustedProxies = List.copyOf(trustedProxies);
        upstreams.keySet().forEach(name -> check(NAME, name, "a name of an upstream: " + NAME));
        trustedProxies.forEach(LuaSettings::checkNetwork);
        check(SIZE, dictionarySize, "a size, such as 16m");
        if (keepaliveMinTimeout != null) {
            check(TIME, keepaliveMinTimeout, "a time, such as 2s");
        }
    }

    private static void check(Pattern pattern, String found, String expected) {
        if (!pattern.matcher(found).matches()) {
            throw new IllegalArgumentException("found \"" + found + "\", expected " + expected);
        }
    }

    private static void checkNetwork(String text) {
        if (IpBlock.parse(text) == null) {
            throw new IllegalArgumentException(
                    "found \"" + text + "\", expected an address or a network as 10.0.0.0/8");
        }
    }

    /**
     * A path that can stand in a configuration and in Lua as it is.
     *
     * @throws IllegalArgumentException if it has other characters than names usually have
     */
    static Path plain(Path path) {
        Path absolute = path.toAbsolutePath();
        check(PLAIN_PATH, absolute.toString(), "a path of letters, digits and . _ - / @ +");
        return absolute;
    }

    /** One of the sockets of {@link io.grayrelease.nginx.drive.RunFolder}. */
    Path socket(String name) {
        return runDir.toAbsolutePath().resolve(name);
    }
}
