package io.grayrelease.benchmarks.nginx;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Reads what wrk prints when it is run with {@code --latency}. */
final class WrkOutput {
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in (\\d+\\.\\d+)(us|ms|s|m|h),");
    private static final Pattern P99 = Pattern.compile("(?m)^ *99% +(\\d+\\.\\d+)(us|ms|s|m|h)$");
    private static final Pattern ERRORS =
            Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");
    private static final Pattern STATUS = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");

    private final String text;

    private WrkOutput(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException if it is no output of wrk */
    static LoadResult parse(String text) {
        return new WrkOutput(text).result();
    }

    private LoadResult result() {
        MatchResult requests = find(REQUESTS, "<n> requests in <time>");
        MatchResult p99 = find(P99, "99% <time> of --latency");
        return new LoadResult(
                Long.parseLong(requests.group(1)),
                sum(ERRORS) + sum(STATUS),
                millis(requests.group(2), requests.group(3)) / 1e3,
                millis(p99.group(1), p99.group(2)));
    }

    private MatchResult find(Pattern pattern, String expected) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException("wrk: expected \"" + expected + "\", found:\n" + text);
        }
        return matcher;
    }

    /** Lines that wrk leaves out where there is nothing to count. */
    private long sum(Pattern pattern) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find()
                ? IntStream.rangeClosed(1, matcher.groupCount())
                        .mapToObj(matcher::group)
                        .mapToLong(Long::parseLong)
                        .sum()
                : 0;
    }

    private static double millis(String number, String unit) {
        return Double.parseDouble(number)
                * switch (unit) {
                    case "us" -> 1e-3;
                    case "ms" -> 1;
                    case "s" -> 1e3;
                    case "m" -> 60e3;
                    default -> 3_600e3;
                };
    }
}
