package io.grayrelease.nginx.parity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes policies of every form that a rule can have. Not thread-safe. */
final class PolicyGenerator {
    private static final List<String> TAGS = List.of("T", "t", "U-2", "v.3", "X_y", "search-v5");
    private static final List<String> VALUES = List.of(
            "uid",
            "uid",
            "token",
            "ip",
            "header[\"x-app\"]",
            "header[\"X-Env\"]",
            "cookie[\"beta\"]",
            "cookie[\"Seg\"]",
            "param[\"p\"]",
            "param[\"Q_1\"]",
            "attachment[\"a\"]",
            "header[\"x-gray-tag\"]");
    private static final List<String> OF_CALLS = List.of("caller", "service", "method", "arg[0]", "arg[1].level");
    private static final List<String> NETWORKS =
            List.of("10.0.0.0/8", "10.1.2.3", "192.168.7.9/16", "fd00::/8", "::1", "::ffff:10.1.2.3", "0.0.0.0/0");
    /** What every Nginx can express; and others. */
    private static final List<String> MODULI = List.of("1", "2", "10", "25", "100", "100", "1000", "10000", "3", "97");

    private final Random random;
    private boolean asksForCalls;

    PolicyGenerator(Random random) {
        this.random = random;
    }

    /** The keys of one policy and their values. */
    Map<String, String> next() {
        asksForCalls = random.nextInt(6) == 0;
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("gray.list.people", list());
        keys.put("gray.list.nets", "10.0.0.0/8, 192.168.0.0/16, fd00::/8, 172.16.5.4");
        int rules = 1 + random.nextInt(6);
        for (int i = 0; i < rules; i++) {
            keys.put("gray.rule." + i * 10 + "-r" + i, condition(0) + " => " + effect());
        }
        TAGS.forEach(tag -> keys.put("gray.route." + tag, route()));
        if (random.nextInt(4) == 0) {
            keys.put("gray.baseline", "web:1.0.0");
        }
        if (random.nextInt(4) == 0) {
            keys.put("gray.when-baseline-empty", "fail");
        }
        if (random.nextInt(25) == 0) {
            keys.put("gray.switch", "off");
        }
        return keys;
    }

    private String list() {
        List<String> values = new ArrayList<>();
        int size = 1 + random.nextInt(30);
        for (int i = 0; i < size; i++) {
            values.add(quoted(Words.any(random)));
        }
        return String.join(", ", values);
    }

    private String effect() {
        return switch (random.nextInt(8)) {
            case 0 -> "baseline";
            case 1 -> Words.oneOf(random, TAGS) + " ; stop";
            case 2 -> Words.oneOf(random, TAGS) + " ; off";
            default -> Words.oneOf(random, TAGS);
        };
    }

    private String route() {
        String target = Words.oneOf(random, List.of("web:2.0.0", "web:2.*", "web:3.0.0", "*:2.1.0", "other:9"));
        return target + Words.oneOf(random, List.of("", " ; fallback=baseline", " ; fallback=strict"));
    }

    private String condition(int depth) {
        return switch (depth > 3 ? 9 : random.nextInt(12)) {
            case 0 -> "(" + condition(depth + 1) + " && " + condition(depth + 1) + ")";
            case 1 -> "(" + condition(depth + 1) + " || " + condition(depth + 1) + " || " + condition(depth + 1) + ")";
            case 2 -> "!(" + condition(depth + 1) + ")";
            default -> predicate();
        };
    }

    private String predicate() {
        String value = value();
        return switch (random.nextInt(15)) {
            case 0, 1 -> value + " == " + quoted(Words.any(random));
            case 2 -> value + " != " + quoted(Words.any(random));
            case 3 -> value + " in (" + quoted(Words.any(random)) + ", " + quoted(Words.any(random)) + ")";
            case 4 -> value + " in @people";
            case 5, 6 -> value + " like " + quoted(pattern());
            case 7 -> value + " % " + Words.oneOf(random, MODULI) + remainder();
            case 8 -> value + Words.oneOf(random, List.of(" < ", " <= ", " > ", " >= ")) + number();
            case 9, 10 -> "hash(" + value + salt() + ")" + percentage();
            case 11 -> "has(" + value + ")";
            case 12 -> "now in " + window();
            case 13 -> network();
            default -> random.nextInt(3) == 0 ? "true" : "has(" + value + ")";
        };
    }

    private String value() {
        return asksForCalls && random.nextInt(4) == 0 ? Words.oneOf(random, OF_CALLS) : Words.oneOf(random, VALUES);
    }

    private String pattern() {
        String word = Words.any(random);
        int cut = random.nextInt(word.length() + 1);
        return switch (random.nextInt(4)) {
            case 0 -> word.substring(0, cut) + "*";
            case 1 -> "*" + word.substring(cut);
            case 2 -> word.substring(0, cut) + "*" + word.substring(cut);
            default -> "*" + word.substring(cut / 2, cut) + "*";
        };
    }

    private String remainder() {
        int first = random.nextInt(120);
        return Words.oneOf(
                random, List.of(" < " + first, " == " + first, " in " + first + ".." + (first + random.nextInt(40))));
    }

    private String number() {
        return Words.oneOf(
                random, List.of("0", "7", "100", "1001", "-5", "1500", "18446744073709551616", "-99", "1000000"));
    }

    private String salt() {
        return random.nextInt(2) == 0 ? "" : ", " + quoted(Words.any(random));
    }

    private String percentage() {
        int first = random.nextInt(10_001);
        int last = first + random.nextInt(10_001 - first);
        return switch (random.nextInt(5)) {
            case 0 -> " in " + percent(first) + ".." + percent(last);
            case 1 -> " < 100%";
            default -> " < " + percent(first);
        };
    }

    private static String percent(int hundredths) {
        return hundredths / 100 + "." + String.format(java.util.Locale.ROOT, "%02d", hundredths % 100) + "%";
    }

    /** No window begins or ends while the test runs. */
    private String window() {
        Instant from = Instant.now().plusSeconds(1_800 + 3_600L * (random.nextInt(7) - 4));
        return from + " .. " + from.plusSeconds(7_200);
    }

    private String network() {
        return Words.oneOf(
                random,
                List.of(
                        "ip in @nets",
                        "ip == " + quoted(Words.oneOf(random, NETWORKS)),
                        "ip != " + quoted(Words.oneOf(random, NETWORKS)),
                        "ip in (" + quoted(Words.oneOf(random, NETWORKS)) + ", " + quoted(Words.oneOf(random, NETWORKS))
                                + ")"));
    }

    private static String quoted(String word) {
        return "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
