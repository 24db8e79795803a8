package io.grayrelease.demo;

import java.util.List;

/**
 * What a process says of its policy.
 *
 * @param hash of the policy in force, or {@code none}
 * @param rejected the hash of the latest snapshot if it was refused, else empty
 * @param problems everything that is wrong with the refused snapshot
 */
public record InForce(String hash, String rejected, List<String> problems) {
    static final String NONE = "none";

    public static InForce parse(List<String> answer) {
        return new InForce(first(answer, "in-force="), first(answer, "rejected="), all(answer, "problem="));
    }

    private static String first(List<String> answer, String key) {
        return all(answer, key).stream().findFirst().orElse("");
    }

    private static List<String> all(List<String> answer, String key) {
        return answer.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()))
                .toList();
    }
}
