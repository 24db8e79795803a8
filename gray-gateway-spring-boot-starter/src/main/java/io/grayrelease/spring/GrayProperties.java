package io.grayrelease.spring;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/** The properties {@code gray.*}; all but {@code gray.entry} are handed on to Dubbo as {@code dubbo.gray.*}. */
@ConfigurationProperties("gray")
public class GrayProperties {
    /** Whether calls are routed by the policy; default true. If not, an HTTP entry still takes forged tags away. */
    private @Nullable Boolean enabled;

    /** Where the policy comes from: apollo, or file: and a path; default apollo. */
    private @Nullable String source;

    /** Apollo namespace of the policy; default gray-policy. */
    private @Nullable String namespace;

    /** Dubbo attachments in which a uid is looked for, in order; default gray-uid,uid. */
    private List<String> uidKeys = new ArrayList<>();

    /** Folder that keeps the last accepted policy; default ~/.gray/ and the name of the application. */
    private @Nullable String cacheDir;

    /** Version of this application's Dubbo services. */
    private @Nullable String version;

    public @Nullable Boolean getEnabled() {
        return enabled;
    }

    public void setEnabled(@Nullable Boolean enabled) {
        this.enabled = enabled;
    }

    public @Nullable String getSource() {
        return source;
    }

    public void setSource(@Nullable String source) {
        this.source = source;
    }

    public @Nullable String getNamespace() {
        return namespace;
    }

    public void setNamespace(@Nullable String namespace) {
        this.namespace = namespace;
    }

    public List<String> getUidKeys() {
        return uidKeys;
    }

    public void setUidKeys(List<String> uidKeys) {
        this.uidKeys = uidKeys;
    }

    public @Nullable String getCacheDir() {
        return cacheDir;
    }

    public void setCacheDir(@Nullable String cacheDir) {
        this.cacheDir = cacheDir;
    }

    public @Nullable String getVersion() {
        return version;
    }

    public void setVersion(@Nullable String version) {
        this.version = version;
    }

    /** The HTTP entry. */
    @NestedConfigurationProperty
    private final EntryProperties entry = new EntryProperties();

    public EntryProperties getEntry() {
        return entry;
    }
}
