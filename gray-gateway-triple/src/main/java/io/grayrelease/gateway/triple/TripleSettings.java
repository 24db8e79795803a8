package io.grayrelease.gateway.triple;

import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.grayrelease.gateway.ClientAddress;
import io.grayrelease.gateway.EntrySettings;
import io.grayrelease.gateway.EntrySettings.Role;
import io.grayrelease.gateway.TagSigner;
import io.grayrelease.gateway.ValueSource;

/** Reads the entry settings {@code dubbo.gray.*} of an application. */
final class TripleSettings {
    static final String ENTRY = "dubbo.gray.entry";
    static final String UID_SOURCES = "dubbo.gray.uid-sources";
    static final String TOKEN_SOURCES = "dubbo.gray.token-sources";
    static final String TRUSTED_PROXIES = "dubbo.gray.trusted-proxies";
    static final String SIGNING_KEYS = "dubbo.gray.signing-keys";
    static final String SIGNATURE_LIFE = "dubbo.gray.signature-life";

    private static final Duration LIFE = Duration.ofMinutes(5);

    private final Function<String, @Nullable String> properties;

    private TripleSettings(Function<String, @Nullable String> properties) {
        this.properties = properties;
    }

    /**
     * The settings; a Triple port serves our own services unless it is told otherwise.
     *
     * @throws IllegalArgumentException naming the property, what was found and what was expected
     */
    static EntrySettings read(Function<String, @Nullable String> properties) {
        TripleSettings settings = new TripleSettings(properties);
        EntrySettings.Builder entry =
                EntrySettings.builder().setRole(settings.role()).setSigner(settings.signer());
        List<ValueSource> uids = settings.at(UID_SOURCES, () -> EntrySettings.sources(settings.list(UID_SOURCES)));
        if (!uids.isEmpty()) {
            entry.setUidSources(uids);
        }
        List<ValueSource> tokens =
                settings.at(TOKEN_SOURCES, () -> EntrySettings.sources(settings.list(TOKEN_SOURCES)));
        if (!tokens.isEmpty()) {
            entry.setTokenSources(tokens);
        }
        return entry.setClientAddress(
                        settings.at(TRUSTED_PROXIES, () -> ClientAddress.behind(settings.list(TRUSTED_PROXIES))))
                .build();
    }

    private Role role() {
        String role = text(ENTRY);
        if (role == null || role.equals("internal")) {
            return Role.INTERNAL;
        }
        if (role.equals("edge")) {
            return Role.EDGE;
        }
        throw new IllegalArgumentException("gray: " + ENTRY + "=" + role + ": expected edge or internal");
    }

    private @Nullable TagSigner signer() {
        List<String> keys = list(SIGNING_KEYS);
        if (keys.isEmpty()) {
            return null;
        }
        Duration life = life();
        return at(SIGNING_KEYS, () -> TagSigner.ofTexts(keys, life, Clock.systemUTC()));
    }

    private Duration life() {
        String life = text(SIGNATURE_LIFE);
        if (life == null) {
            return LIFE;
        }
        try {
            return Duration.parse(life);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "gray: " + SIGNATURE_LIFE + "=" + life + ": expected an ISO 8601 duration as PT5M", e);
        }
    }

    /** Says which setting it was. A key is a secret: what was found is not said here. */
    private <T> T at(String property, Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("gray: " + property + ": " + e.getMessage(), e);
        }
    }

    private List<String> list(String property) {
        String text = text(property);
        return text == null
                ? Collections.emptyList()
                : Arrays.stream(text.split(",", -1)).map(String::trim).collect(Collectors.toList());
    }

    private @Nullable String text(String property) {
        String text = properties.apply(property);
        return text == null || text.trim().isEmpty() ? null : text.trim();
    }
}
