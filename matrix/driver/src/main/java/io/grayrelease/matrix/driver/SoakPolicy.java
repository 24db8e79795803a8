package io.grayrelease.matrix.driver;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A policy of the soak, and what it means: said here in plain arithmetic, not by the code that is tested.
 *
 * @param on the switch
 * @param tenths users whose number modulo 10 is below it are tagged T; at most 9
 */
record SoakPolicy(boolean on, int tenths) {
    static final String GRAY = "2.0.0";
    static final String BASELINE = "1.0.0";
    private static final String NAMESPACE_KEY = "gray.";

    /** The users with a 9 at the end are tagged U under every policy that is on. */
    String tag(int uid) {
        if (!on) {
            return "-";
        }
        return uid % 10 == 9 ? "U" : uid % 10 < tenths ? "T" : "-";
    }

    /** The version of a service for a request with a tag: T has a route to both services, U to the end only. */
    String version(String service, String tag) {
        boolean gray = on && (tag.equals("T") || (tag.equals("U") && service.equals("end")));
        return gray ? GRAY : BASELINE;
    }

    Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put(NAMESPACE_KEY + "switch", on ? "on" : "off");
        keys.put(NAMESPACE_KEY + "rule.010-u", "uid % 10 == 9 => U");
        keys.put(NAMESPACE_KEY + "rule.020-t", "uid % 10 < " + tenths + " => T");
        keys.put(NAMESPACE_KEY + "route.T", "middle-app:2.0.0, end-app:2.0.0");
        keys.put(NAMESPACE_KEY + "route.U", "end-app:2.0.0");
        return keys;
    }

    /** The same with a mistake in one key: it must not come into force. */
    Map<String, String> brokenKeys() {
        Map<String, String> keys = keys();
        keys.put(NAMESPACE_KEY + "rule.020-t", "uid % 10 <<< 5 => T");
        keys.put(NAMESPACE_KEY + "rule.030-all", "uid like \"*\" => T");
        return keys;
    }
}
