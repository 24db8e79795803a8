package io.grayrelease.dubbo.context.messaging;

import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.policy.model.Tags;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class GrayKafkaTest {
    private static final GrayContext TESTER = GrayContext.decided(Tags.of("T", "U"), "7");

    private final Headers headers = new RecordHeaders();

    @Test
    void inject_thenExtract_isTheSameContext() {
        injectWith(TESTER);

        assertThat(texts()).containsExactlyInAnyOrder("gray-tag=T,U", "gray-uid=7");
        assertThat(GrayKafka.extract(headers)).isEqualTo(TESTER);
    }

    @Test
    void inject_baseline_travelsAsDecided() {
        injectWith(GrayContext.decided(Tags.NONE, null));

        assertThat(texts()).containsExactly("gray-tag=-");
        assertThat(GrayKafka.extract(headers)).isEqualTo(GrayContext.decided(Tags.NONE, null));
    }

    @Test
    void inject_noContext_writesAndRemovesNothing() {
        add("gray-uid", "8");

        GrayKafka.inject(headers);

        assertThat(texts()).containsExactly("gray-uid=8");
    }

    @Test
    void inject_tagOfTheSender_isLeftWithItsUid() {
        add("gray-tag", "mine").add("gray-uid", "8".getBytes(UTF_8));

        injectWith(TESTER);

        assertThat(texts()).containsExactly("gray-tag=mine", "gray-uid=8");
    }

    @Test
    void inject_earlierUidsAndEmptyTag_areReplaced_othersStay() {
        add("gray-uid", "8").add("gray-tag", (byte[]) null);
        add("gray-uid", "9");
        add("trace", "x");

        injectWith(GrayContext.undecided("7"));
        assertThat(texts()).containsExactly("trace=x", "gray-uid=7");

        injectWith(GrayContext.decided(Tags.of("T"), null));
        assertThat(texts()).containsExactly("trace=x", "gray-tag=T");
    }

    @Test
    void inject_uidThatIsNoAscii_isLeftOut() {
        injectWith(GrayContext.decided(Tags.of("T"), "\u5f20 \u4e09"));

        assertThat(texts()).containsExactly("gray-tag=T");
    }

    @Test
    void inject_recordThatWasSent_doesNotThrow() {
        ((RecordHeaders) headers).setReadOnly();

        injectWith(TESTER);

        assertThat(texts()).isEmpty();
    }

    @Test
    void extract_lastHeaderWins() {
        add("gray-tag", "T");
        add("gray-tag", "U");

        assertThat(GrayKafka.extract(headers)).isEqualTo(GrayContext.decided(Tags.of("U"), null));
    }

    @Test
    void extract_nothing_isNone() {
        assertThat(GrayKafka.extract(headers)).isEqualTo(GrayContext.NONE);
    }

    @Test
    void extract_nullValues_areNone() {
        headers.add("gray-tag", (byte[]) null).add("gray-uid", (byte[]) null);

        assertThat(GrayKafka.extract(headers)).isEqualTo(GrayContext.NONE);
    }

    @Test
    void extract_malformed_isBaseline() {
        headers.add("gray-tag", new byte[] {(byte) 0xff, (byte) 0xfe, 0}).add("gray-uid", new byte[0]);

        assertThat(GrayKafka.extract(headers)).isEqualTo(GrayContext.decided(Tags.NONE, null));
    }

    @Test
    void extract_uid_isUtf8() {
        add("gray-uid", "\u5f20");

        assertThat(GrayKafka.extract(headers)).isEqualTo(GrayContext.undecided("\u5f20"));
    }

    private Headers add(String key, String value) {
        return headers.add(key, value.getBytes(UTF_8));
    }

    private void injectWith(GrayContext context) {
        try (GrayContext.Scope scope = GrayContext.open(context)) {
            GrayKafka.inject(headers);
        }
    }

    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        headers.forEach(header -> texts.add(header.key() + "=" + new String(header.value(), UTF_8)));
        return texts;
    }
}
