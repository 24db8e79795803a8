package io.grayrelease.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TagSignerTest {
    private static final byte[] OLD = "an old key of at least 32 bytes..".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEW = "a new key of at least 32 bytes...".getBytes(StandardCharsets.US_ASCII);
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    private static TagSigner signer(Instant now, byte[]... keys) {
        return TagSigner.of(List.of(keys), Duration.ofMinutes(1), Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void ownSignature_isAccepted_untilItsEnd() {
        String signature = signer(NOW, NEW).sign("a,b", null);

        assertThat(signer(NOW.plusSeconds(59), NEW).accepts("a,b", null, signature))
                .isTrue();
        assertThat(signer(NOW.plusSeconds(60), NEW).accepts("a,b", null, signature))
                .isFalse();
    }

    @Test
    void otherTags_otherEnd_otherKey_areNot() {
        String signature = signer(NOW, NEW).sign("a", null);
        String later = "9" + signature;

        assertThat(signer(NOW, NEW).accepts("b", null, signature)).isFalse();
        assertThat(signer(NOW, NEW).accepts("a", null, later)).isFalse();
        assertThat(signer(NOW, OLD).accepts("a", null, signature)).isFalse();
    }

    @Test
    void theUid_isSignedToo() {
        String signature = signer(NOW, NEW).sign("a", "7");

        assertThat(signer(NOW, NEW).accepts("a", "7", signature)).isTrue();
        assertThat(signer(NOW, NEW).accepts("a", "8", signature)).isFalse();
        assertThat(signer(NOW, NEW).accepts("a", null, signature)).isFalse();
    }

    @Test
    void keysOfASetting_areTheirTexts() {
        String text = new String(NEW, StandardCharsets.US_ASCII);
        TagSigner signer = TagSigner.ofTexts(
                List.of(" " + text, "another key of at least 32 bytes.."),
                Duration.ofMinutes(1),
                Clock.fixed(NOW, ZoneOffset.UTC));

        assertThat(signer(NOW, NEW).accepts("a", null, signer.sign("a", null))).isTrue();
    }

    @Test
    void keysAreChangedWithoutAGap() {
        String before = signer(NOW, OLD).sign("a", null);
        String after = signer(NOW, NEW, OLD).sign("a", null);

        assertThat(signer(NOW, NEW, OLD).accepts("a", null, before)).isTrue();
        assertThat(signer(NOW, NEW).accepts("a", null, after)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "1", "99999999999.", "x.y", "99999999999.!!", "-1.AA", "99999999999999999999.AA"})
    void garbage_isRefused(String signature) {
        assertThat(signer(NOW, NEW).accepts("a", null, signature)).isFalse();
    }

    @Test
    void anotherSplitIntoTagsAndUid_isNot() {
        String signature = signer(NOW, NEW).sign("a", "7\n8");

        assertThat(signer(NOW, NEW).accepts("a\n7", "8", signature)).isFalse();
        assertThat(signer(NOW, NEW).accepts("a", "7\n8", signature)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-5M", "PT0S", "PT0.999S", "PT24H1S", "PT2562047788015215H"})
    void aLifeOutOfRange_isRefused(String life) {
        assertThatThrownBy(() -> TagSigner.of(List.of(NEW), Duration.parse(life), Clock.systemUTC()))
                .hasMessageContaining("life of " + life + ", expected from PT1S to PT24H");
    }

    @Test
    void aKeyWithAComma_isRefused() {
        assertThatThrownBy(() -> TagSigner.ofTexts(
                        List.of("one, another key of at least 32 bytes"), Duration.ofMinutes(1), Clock.systemUTC()))
                .hasMessageContaining("a key with a comma");
    }

    @Test
    void keysThatAreTooShort_andNone_areRefused() {
        assertThatThrownBy(() -> signer(NOW, new byte[31])).hasMessageContaining("31 bytes, expected at least 32");
        assertThatThrownBy(() -> signer(NOW)).hasMessageContaining("no key");
    }
}
