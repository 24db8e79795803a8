package io.grayrelease.gateway;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * Signs tags with HMAC-SHA256 (RFC 2104), so that a port that serves outside callers too can tell its own. A signature is
 * {@code <end, in seconds since 1970>.<base64url of the MAC of tags, line feed, uid or nothing, line feed, end>}. Immutable and
 * thread-safe.
 */
public final class TagSigner {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_KEY_BYTES = 32;
    private static final int MAX_SIGNATURE_LENGTH = 100;
    private static final Duration MIN_LIFE = Duration.ofSeconds(1);
    private static final Duration MAX_LIFE = Duration.ofDays(1);

    private final List<SecretKeySpec> keys;
    private final Duration life;
    private final Clock clock;

    private TagSigner(List<SecretKeySpec> keys, Duration life, Clock clock) {
        this.keys = keys;
        this.life = life;
        this.clock = clock;
    }

    /**
     * A signer.
     *
     * @param keys at least one of at least 32 bytes; the first one signs, all are accepted, so that keys can be changed without a gap
     * @param life how long a signature is good, from a second to a day
     * @throws IllegalArgumentException if there is no key, one is too short, or the life is out of range
     */
    public static TagSigner of(List<byte[]> keys, Duration life, Clock clock) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no key to sign tags with, expected one or two");
        }
        checkLife(life);
        List<SecretKeySpec> all = new ArrayList<>();
        for (byte[] key : keys) {
            if (key.length < MIN_KEY_BYTES) {
                throw new IllegalArgumentException(
                        "a key of " + key.length + " bytes, expected at least " + MIN_KEY_BYTES);
            }
            all.add(new SecretKeySpec(key, ALGORITHM));
        }
        return new TagSigner(Collections.unmodifiableList(all), life, clock);
    }

    /**
     * Checks how long a signature is to be good, for settings that have no key yet.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public static void checkLife(Duration life) {
        if (life.compareTo(MIN_LIFE) < 0 || life.compareTo(MAX_LIFE) > 0) {
            throw new IllegalArgumentException(
                    "a signature's life of " + life + ", expected from " + MIN_LIFE + " to " + MAX_LIFE);
        }
    }

    /**
     * A signer with the keys that a setting lists, separated by commas.
     *
     * @throws IllegalArgumentException if there is no key, one is too short or has a comma, or the life is out of range
     */
    public static TagSigner ofTexts(Collection<String> keys, Duration life, Clock clock) {
        List<byte[]> all = new ArrayList<>();
        for (String key : keys) {
            if (key.indexOf(',') >= 0) {
                throw new IllegalArgumentException("a key with a comma in it, expected commas between keys only");
            }
            all.add(key.trim().getBytes(StandardCharsets.UTF_8));
        }
        return of(all, life, clock);
    }

    /** The signature of a text of tags, and of the uid that travels with them; null where none does. */
    public String sign(String tags, @Nullable String uid) {
        long end = clock.instant().plus(life).getEpochSecond();
        byte[] mac = mac(keys.get(0), message(tags, uid, end));
        return end + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
    }

    /** Whether a signature is ours, of these tags and this uid, and still good. Never throws. */
    public boolean accepts(String tags, @Nullable String uid, String signature) {
        if (signature.length() > MAX_SIGNATURE_LENGTH || hasLineFeed(tags) || hasLineFeed(uid)) {
            return false;
        }
        int dot = signature.indexOf('.');
        try {
            long end = Long.parseLong(signature.substring(0, Math.max(dot, 0)));
            byte[] claimed = Base64.getUrlDecoder().decode(signature.substring(dot + 1));
            return clock.instant().getEpochSecond() < end && isOfAnyKey(message(tags, uid, end), claimed);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean isOfAnyKey(byte[] message, byte[] claimed) {
        boolean found = false;
        for (SecretKeySpec key : keys) {
            found |= MessageDigest.isEqual(claimed, mac(key, message));
        }
        return found;
    }

    /** Then another split of the signed text into tags and uid would have the same MAC. */
    private static boolean hasLineFeed(@Nullable String text) {
        return text != null && text.indexOf('\n') >= 0;
    }

    private static byte[] message(String tags, @Nullable String uid, long end) {
        return (tags + "\n" + (uid == null ? "" : uid) + "\n" + end).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] mac(SecretKeySpec key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
