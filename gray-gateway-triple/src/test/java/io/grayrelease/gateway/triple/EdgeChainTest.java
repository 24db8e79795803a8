package io.grayrelease.gateway.triple;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.grayrelease.gateway.TagSigner;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients outside, a Triple port at the edge, and the versions of a service behind it that they reach. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeChainTest {
    private static final String BASELINE = "\"1.0.0, 1.0.0\"";
    private static final String GRAY = "\"2.0.0, 2.0.0\"";
    private static final String KEY = "one key of at least thirty-two bytes";

    private static final List<String> FORGED = List.of(
            "X-Gray-Tag: T",
            "x-gray-tag: T | X-GRAY-TAG: T",
            "x-gray-tag: T | x-gray-sig: 99999999999.AAAA",
            "gray-tag: T",
            "Gray-Tag: T | gray-uid: 7",
            "GRAY-TAG: T | gray-tag: T | Gray-Sig: 99999999999.AAAA",
            "gray-uid: 7 | gray-token: secret | gray-ip: 10.0.0.1",
            "uid: 7",
            "tri-consumer-appname: batch",
            "Dubbo.Tag: T | dubbo.force.tag: true",
            "gray-tag-bin: VA== | x-gray-tag-bin: VA== | baggage-bin: Z3JheS50YWc9VA==",
            "baggage: gray.tag=T",
            "Baggage: a=b,gray.tag=T | baggage: gray.tag=T",
            "tri-header-convert: {\"x-evil\":\"gray-tag\"} | x-evil: T",
            "Tri-Header-Convert: {\"x-evil\":\"Gray-Uid\"} | x-evil: 7",
            "tri-header-convert: {\"x-evil\":\"gray-u\\u0131d\"} | x-evil: 7",
            "tri-header-convert: {\"x-evil\":null} | x-evil: T | x-gray-tag: T");

    private EdgeChain chain;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        chain = new EdgeChain(
                folder,
                Map.of(
                        "dubbo.gray.entry",
                        "edge",
                        "dubbo.gray.uid-sources",
                        "header:x-uid, cookie:id",
                        "dubbo.gray.signing-keys",
                        KEY));
    }

    @AfterAll
    void stop() throws Exception {
        chain.close();
    }

    @ParameterizedTest
    @EnumSource
    void testers_reachTheGrayVersion(EdgeClient client) throws Exception {
        chain.rule("uid == 7 || cookie[\"beta\"] == yes || header[\"x-app\"] == ios => T");

        for (String headers : List.of("x-uid: 7", "cookie: id=7", "cookie: a=b; beta=yes", "X-App: ios")) {
            assertThat(order(client, headers)).as(headers).isEqualTo(GRAY);
        }
        for (String headers : List.of("x-uid: 8", "cookie: beta=no", "x-app: android", "a: b")) {
            assertThat(order(client, headers)).as(headers).isEqualTo(BASELINE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "uid == 7 => T",
                "token == secret || ip == 10.0.0.1 || caller == batch => T",
                "uid == 7 && service == io.grayrelease.gateway.triple.Order && method == order && arg[0] == pen => T",
                "service == io.grayrelease.gateway.triple.Stock => T",
                "attachment[\"gray-tag\"] == T || attachment[\"uid\"] == 7 || attachment[\"x-evil\"] == T => T",
            })
    void forgedRequests_reachNoGrayVersion(String rule) throws Exception {
        chain.rule(rule);

        SoftAssertions all = new SoftAssertions();
        for (EdgeClient client : EdgeClient.values()) {
            for (String headers : FORGED) {
                all.assertThat(order(client, headers))
                        .as(client + " " + headers)
                        .isEqualTo(BASELINE);
            }
        }
        all.assertAll();
    }

    @ParameterizedTest
    @EnumSource
    void aRuleThatAsksForTheCallToo_isDecidedByIt(EdgeClient client) throws Exception {
        chain.rule("method == order && arg[0] == pen && cookie[\"beta\"] == yes => T");

        assertThat(order(client, "cookie: beta=yes")).isEqualTo(GRAY);
        assertThat(order(client, "cookie: beta=no")).isEqualTo(BASELINE);
    }

    @ParameterizedTest
    @EnumSource
    void whatWeHaveSigned_reachesTheGrayVersion(EdgeClient client) throws Exception {
        chain.rule("uid == 7 => T");
        TagSigner signer = TagSigner.ofTexts(List.of(KEY), Duration.ofMinutes(1), Clock.systemUTC());

        assertThat(order(client, "x-gray-tag: T | x-gray-sig: " + signer.sign("T", null)))
                .isEqualTo(GRAY);
        assertThat(order(client, "gray-tag: T | gray-uid: 8 | gray-sig: " + signer.sign("T", "8")))
                .isEqualTo(GRAY);
        assertThat(order(client, "x-gray-tag: T | x-gray-sig: " + signer.sign("U", null)))
                .isEqualTo(BASELINE);
    }

    private String order(EdgeClient client, String headers) throws Exception {
        return client.order(chain.port(), headers);
    }
}
