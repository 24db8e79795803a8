package io.grayrelease.gateway;

import java.util.List;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.Baggage;
import io.grayrelease.policy.model.Tags;

/** Writes tags on an HTTP request that goes to a service of our own. Immutable and thread-safe. */
public final class TagHeaders {
    private final @Nullable TagSigner signer;

    private TagHeaders(@Nullable TagSigner signer) {
        this.signer = signer;
    }

    /** Headers that the signer signs, where there is one. */
    public static TagHeaders signedBy(@Nullable TagSigner signer) {
        return new TagHeaders(signer);
    }

    /**
     * Writes them.
     *
     * @param baggage the values of the header {@code baggage} that the request has already: other members are kept
     * @param setter takes a name and a value, and puts it in place of all values that the request has of that name
     */
    public void write(Tags tags, List<String> baggage, BiConsumer<String, String> setter) {
        setter.accept(ForgeableNames.TAG, tags.text());
        if (signer != null) {
            setter.accept(ForgeableNames.SIGNATURE, signer.sign(tags.text(), null));
        }
        String members = Baggage.with(baggage, tags.text());
        if (members != null) {
            setter.accept(Baggage.HEADER, members);
        }
    }
}
