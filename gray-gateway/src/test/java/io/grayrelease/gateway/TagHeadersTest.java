package io.grayrelease.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import io.grayrelease.policy.model.Tags;

import static org.assertj.core.api.Assertions.assertThat;

class TagHeadersTest {
    private static final TagSigner SIGNER = TagSigner.of(
            List.of("a key of at least 32 bytes, really".getBytes(StandardCharsets.US_ASCII)),
            Duration.ofMinutes(1),
            Clock.systemUTC());

    private final Map<String, String> headers = new TreeMap<>();

    @Test
    void tags_inHeaderAndBaggage_othersStay() {
        TagHeaders.signedBy(null).write(Tags.of("a", "b"), List.of("user=1;p", "gray.tag=old"), headers::put);

        assertThat(headers).isEqualTo(Map.of("x-gray-tag", "a,b", "baggage", "user=1;p,gray.tag=a%2Cb"));
    }

    @Test
    void baseline_isSaidToo() {
        TagHeaders.signedBy(null).write(Tags.NONE, List.of(), headers::put);

        assertThat(headers).isEqualTo(Map.of("x-gray-tag", "-", "baggage", "gray.tag=-"));
    }

    @Test
    void signature_isAcceptedWithTheTags() {
        TagHeaders.signedBy(SIGNER).write(Tags.of("a"), List.of(), headers::put);

        assertThat(SIGNER.accepts("a", null, headers.get("x-gray-sig"))).isTrue();
    }

    @Test
    void baggageThatIsFull_staysAsItIs() {
        String full = "k=" + "v".repeat(8_185);

        TagHeaders.signedBy(null).write(Tags.of("a"), List.of(full), headers::put);

        assertThat(headers).isEqualTo(Map.of("x-gray-tag", "a", "baggage", full));
    }
}
