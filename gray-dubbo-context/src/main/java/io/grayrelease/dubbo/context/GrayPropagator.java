package io.grayrelease.dubbo.context;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.Tags;

/**
 * Writes a context into a carrier of strings and reads it back: Dubbo attachments, message properties, any string map.
 * Keys are lower case because Triple lower-cases them, values printable ASCII because Triple keeps nothing else.
 * Thread-safe.
 */
public final class GrayPropagator {
    /** The tags in order, separated by commas, or {@code -} for "decided: baseline". */
    public static final String TAG = "gray-tag";

    /** The uid that the request was decided by. */
    public static final String UID = "gray-uid";

    /** What {@link #TAG} is called on HTTP. */
    public static final String HEADER = "x-gray-tag";

    private static final int MAX_READ = 1_000;
    private static final Map<String, Tags> READ = new ConcurrentHashMap<>();

    private GrayPropagator() {}

    /** Writes what is known: nothing for {@link GrayContext#NONE}. A uid that is no printable ASCII is left out. */
    public static void inject(GrayContext context, BiConsumer<String, String> setter) {
        if (context.isDecided()) {
            setter.accept(TAG, context.tags().text());
        }
        context.uid().filter(GrayPropagator::isPrintableAscii).ifPresent(uid -> setter.accept(UID, uid));
    }

    /** Reads what was written. The getter may answer null; malformed tags mean: decided, baseline. Never throws. */
    public static GrayContext extract(Function<String, @Nullable String> getter) {
        String text = getter.apply(TAG);
        String uid = getter.apply(UID);
        return text == null ? GrayContext.undecided(uid) : GrayContext.decided(tags(text), uid);
    }

    /**
     * The tags of a text that travelled; malformed ones are {@link Tags#NONE}. Few texts travel, so each is read once; the
     * bound is against a caller who makes up others.
     */
    public static Tags tags(String text) {
        Tags known = READ.get(text);
        if (known != null) {
            return known;
        }
        Tags tags = Tags.parse(text);
        if (tags == null) {
            return Tags.NONE;
        }
        if (READ.size() < MAX_READ) {
            READ.put(text, tags);
        }
        return tags;
    }

    private static boolean isPrintableAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
    }
}
