package io.grayrelease.nginx.render;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * How a configuration is written, apart from what it does. Immutable.
 *
 * @param runDir the folder of the sockets, absolute
 * @param keepalive how many idle connections to servers each worker keeps for each group of an upstream, by its name; for
 *     others none
 * @param keepaliveMinTimeout how long idle connections of clients outlive a reload, as Nginx writes times: {@code 2s}; null: the Nginx
 *     is older than 1.27.4, and does not know the directive
 */
public record RenderSettings(Path runDir, Map<String, Integer> keepalive, @Nullable String keepaliveMinTimeout) {
    private static final Pattern PATH = Pattern.compile("(?:/[A-Za-z0-9._-]+)+");
    private static final Pattern TIME = Pattern.compile("[0-9]{1,6}(?:ms|s|m|h)?");
    private static final int MAX_PATH = 85; // the path of a socket is one of at most 107 bytes

    /** @throws IllegalArgumentException telling what was found and expected */
    public RenderSettings {
        String path = runDir.toString();
        if (!PATH.matcher(path).matches() || path.length() > MAX_PATH) {
            throw new IllegalArgumentException("run-dir: found \"" + path + "\", expected an absolute path of at most "
                    + MAX_PATH + " characters of A-Z a-z 0-9 . _ - /");
        }
        keepalive = Map.copyOf(keepalive);
        if (keepalive.values().stream().anyMatch(number -> number < 0)) {
            throw new IllegalArgumentException("keepalive: found " + keepalive + ", expected 0 or more");
        }
        if (keepaliveMinTimeout != null && !TIME.matcher(keepaliveMinTimeout).matches()) {
            throw new IllegalArgumentException("keepalive-min-timeout: found \"" + keepaliveMinTimeout
                    + "\", expected a time such as 2s or 500ms");
        }
    }

    int keepalive(String upstream) {
        return keepalive.getOrDefault(upstream, 0);
    }
}
