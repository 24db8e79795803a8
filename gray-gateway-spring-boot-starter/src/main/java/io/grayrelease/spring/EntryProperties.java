package io.grayrelease.spring;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.grayrelease.gateway.ClientAddress;
import io.grayrelease.gateway.EntrySettings;
import io.grayrelease.gateway.EntrySettings.Role;
import io.grayrelease.gateway.TagSigner;

/** The properties {@code gray.entry.*}. */
public class EntryProperties {
    /** Whether HTTP requests are decided; if not, they are not looked at, and forged tags go on. */
    private boolean enabled = true;

    /** Who calls: anybody (edge: what a request says of its tags is taken away), or our own services only (internal: it is believed). */
    private Role role = Role.EDGE;

    /** Where a uid is looked for, in order: header:(name), cookie:(name) or param:(name); default header:x-uid. */
    private List<String> uidSources = new ArrayList<>(Arrays.asList("header:x-uid"));

    /** Where a token is looked for, in order, as uid-sources; default header:x-gray-token. */
    private List<String> tokenSources = new ArrayList<>(Arrays.asList("header:x-gray-token"));

    /** Proxies whose X-Forwarded-For counts for the address of a caller, as 10.0.0.0/8. */
    private List<String> trustedProxies = new ArrayList<>();

    /** Secrets of signed tags: the first one signs, all are accepted. Without them no tag is signed. Handed on to Dubbo. */
    private List<String> signingKeys = new ArrayList<>();

    /** How long a signature counts. Handed on to Dubbo. */
    private Duration signatureLife = Duration.ofMinutes(5);

    /** Response header that tells testers the tags of their request; everybody can read it. None if not set. */
    private @Nullable String responseHeader;

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public Role getRole() {
        return role;
    }

    public void setRole(Role role) {
        this.role = role;
    }

    public List<String> getUidSources() {
        return uidSources;
    }

    public void setUidSources(List<String> uidSources) {
        this.uidSources = uidSources;
    }

    public List<String> getTokenSources() {
        return tokenSources;
    }

    public void setTokenSources(List<String> tokenSources) {
        this.tokenSources = tokenSources;
    }

    public List<String> getTrustedProxies() {
        return trustedProxies;
    }

    public void setTrustedProxies(List<String> trustedProxies) {
        this.trustedProxies = trustedProxies;
    }

    public List<String> getSigningKeys() {
        return signingKeys;
    }

    public void setSigningKeys(List<String> signingKeys) {
        this.signingKeys = signingKeys;
    }

    public Duration getSignatureLife() {
        return signatureLife;
    }

    public void setSignatureLife(Duration signatureLife) {
        this.signatureLife = signatureLife;
    }

    public @Nullable String getResponseHeader() {
        return responseHeader;
    }

    public void setResponseHeader(@Nullable String responseHeader) {
        this.responseHeader = responseHeader;
    }

    /**
     * The settings that they say.
     *
     * @throws WrongProperty naming the property, what was found and what was expected
     */
    EntrySettings settings() {
        at("signature-life", this::checkedLife);
        return EntrySettings.builder()
                .setRole(role)
                .setUidSources(at("uid-sources", () -> EntrySettings.sources(uidSources)))
                .setTokenSources(at("token-sources", () -> EntrySettings.sources(tokenSources)))
                .setClientAddress(at("trusted-proxies", () -> ClientAddress.behind(trustedProxies)))
                .setSigner(at("signing-keys", this::signer))
                .setResponseHeader(at("response-header", () -> EntrySettings.headerName(responseHeader)))
                .build();
    }

    /** Without keys too: Dubbo may have some, and somebody will add them. */
    private Duration checkedLife() {
        TagSigner.checkLife(signatureLife);
        return signatureLife;
    }

    private @Nullable TagSigner signer() {
        return signingKeys.isEmpty() ? null : TagSigner.ofTexts(signingKeys, signatureLife, Clock.systemUTC());
    }

    private static <T extends @Nullable Object> T at(String property, Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            throw new WrongProperty("gray.entry." + property + ": " + e.getMessage(), e);
        }
    }
}
