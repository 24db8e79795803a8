package io.grayrelease.gateway;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.google.auto.value.AutoValue;

/** How an HTTP entry treats requests. Immutable. */
@AutoValue
public abstract class EntrySettings {
    /** Who calls. */
    public enum Role {
        /** Anybody: what they say of tags is not believed. */
        EDGE,
        /** Our own services only: a request that says its tags has them. */
        INTERNAL
    }

    EntrySettings() {}

    /** An edge that finds a uid in the header {@code x-uid}, and trusts no proxy. */
    public static Builder builder() {
        return new AutoValue_EntrySettings.Builder()
                .setRole(Role.EDGE)
                .setUidSources(Collections.singletonList(ValueSource.parse("header:x-uid")))
                .setTokenSources(Collections.singletonList(ValueSource.parse("header:x-gray-token")))
                .setClientAddress(ClientAddress.behind(Collections.emptyList()));
    }

    /**
     * The sources that are written in texts, in order.
     *
     * @throws IllegalArgumentException if one is none, or a header that is never read; telling what was found and expected
     */
    public static List<ValueSource> sources(Collection<String> texts) {
        List<ValueSource> sources = new ArrayList<>();
        texts.forEach(text -> sources.add(HeaderNames.checkSource(ValueSource.parse(text))));
        return Collections.unmodifiableList(sources);
    }

    /**
     * The name of a response header that is written in a text, or null if that is empty.
     *
     * @throws IllegalArgumentException if it is none (a token of RFC 9110), or one by which servers and clients act; telling what
     *     was found and expected
     */
    public static @Nullable String headerName(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        HeaderNames.checkResponseHeader(text);
        return text;
    }

    public abstract Role role();

    /** Where a uid is looked for, in order. */
    public abstract List<ValueSource> uidSources();

    /** Where a token is looked for, in order. */
    public abstract List<ValueSource> tokenSources();

    public abstract ClientAddress clientAddress();

    /** Tells our own signed tags from others at an edge; null: there are none. */
    public abstract @Nullable TagSigner signer();

    /** The response header that tells testers the tags of their request; null: none does. */
    public abstract @Nullable String responseHeader();

    /** Collects what the settings consist of. Not thread-safe. */
    @AutoValue.Builder
    public abstract static class Builder {
        Builder() {}

        public abstract Builder setRole(Role role);

        public abstract Builder setUidSources(List<ValueSource> sources);

        public abstract Builder setTokenSources(List<ValueSource> sources);

        public abstract Builder setClientAddress(ClientAddress address);

        public abstract Builder setSigner(@Nullable TagSigner signer);

        /** Not set if empty. */
        public abstract Builder setResponseHeader(@Nullable String name);

        abstract @Nullable String responseHeader();

        abstract EntrySettings autoBuild();

        /**
         * The settings.
         *
         * @throws IllegalArgumentException if the response header is no name of a header (a token of RFC 9110), or one
         *     by which servers and clients act
         */
        public final EntrySettings build() {
            try {
                setResponseHeader(headerName(responseHeader()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("response-header: " + e.getMessage(), e);
            }
            return autoBuild();
        }
    }
}
