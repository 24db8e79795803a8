package io.grayrelease.nginx.render;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.policy.decide.Bucketing;

import static org.assertj.core.api.Assertions.assertThat;

/** Percentages: a live Nginx takes whom Java takes. */
@EnabledIf("io.grayrelease.nginx.LiveNginx#isInstalled")
class HashesTest {
    private static final List<String> SALTS =
            List.of("plain", "$uri", "a\\\"b", "中文", "{x;y}", "a\\\\n", "${http_x}", "'#");

    private record Share(String salt, int from, int to) {}

    @TempDir
    private Path folder;

    @Test
    void share_ofManyUids_isThatOfJava() throws Exception {
        List<Share> shares = new ArrayList<>();
        Map<String, String> keys = new LinkedHashMap<>();
        int[][] ranges = {
            {0, 1},
            {0, 501},
            {0, 5_000},
            {501, 1_234},
            {3_333, 6_667},
            {9_999, 10_000},
            {5_000, 10_000},
            {0, 9_999},
            {0, 10_000}
        };
        for (String salt : SALTS) {
            for (int[] range : ranges) {
                int i = shares.size() + 1;
                shares.add(new Share(salt, range[0], range[1]));
                keys.put("gray.route.T" + i, "a:1");
                keys.put(
                        "gray.rule." + i + "-r" + i,
                        "hash(uid, \"%s\") in %s..%s => T%s".formatted(salt, percent(range[0]), percent(range[1]), i));
            }
        }
        keys.put("gray.rule.9999-none", "hash(uid) in 30%..20% => T1");
        try (RenderedNginx nginx = RenderedNginx.start(folder, RenderedNginx.policy(keys))) {
            for (int uid = 0; uid < 400; uid++) {
                String text = uid % 2 == 0 ? "" + uid : "user-" + uid * 7_919L;
                assertThat(nginx.ask("x-uid: " + text).tag()).as(text).isEqualTo(tags(shares, text));
            }
            assertThat(nginx.ask().tag()).isEqualTo("-");
            assertThat(nginx.ask("x-uid: \u00e4").tag()).isEmpty();
        }
    }

    /** Under the salt m its hash is 0xffffffff, which no share of nginx takes, 100 % neither. */
    @Test
    void share_ofTheHighestHash_isTheLast() throws Exception {
        String highest = "00226226872";
        assertThat(Bucketing.bucket("m", highest)).isEqualTo(9_999);
        Map<String, String> keys = Map.of(
                "gray.rule.1-a", "hash(uid, \"m\") in 99.99%..100% => A",
                "gray.rule.2-b", "hash(uid, \"m\") < 99.99% => B",
                "gray.rule.3-c", "hash(uid, \"m\") < 100% => C",
                "gray.route.A", "a:1",
                "gray.route.B", "a:1",
                "gray.route.C", "a:1");
        try (RenderedNginx nginx = RenderedNginx.start(folder, RenderedNginx.policy(keys))) {
            assertThat(nginx.ask("x-uid: " + highest).tag()).isEqualTo("A,C");
        }
    }

    private static String percent(int buckets) {
        return buckets / 100 + "." + String.format("%02d", buckets % 100) + "%";
    }

    private static String tags(List<Share> shares, String uid) {
        List<String> tags = new ArrayList<>();
        for (int i = 0; i < shares.size(); i++) {
            String salt = shares.get(i).salt().replace("\\\"", "\"").replace("\\\\", "\\");
            int bucket = Bucketing.bucket(salt, uid);
            if (bucket >= shares.get(i).from() && bucket < shares.get(i).to()) {
                tags.add("T" + (i + 1));
            }
        }
        return tags.isEmpty() ? "-" : String.join(",", tags);
    }
}
