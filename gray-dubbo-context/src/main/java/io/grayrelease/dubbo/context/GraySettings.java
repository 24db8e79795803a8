package io.grayrelease.dubbo.context;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import com.google.auto.value.AutoValue;

import io.grayrelease.policy.source.FilePolicySource;
import io.grayrelease.policy.source.PolicySource;
import io.grayrelease.policy.source.apollo.ApolloPolicySource;

/** The settings {@code dubbo.gray.*} of one application. Immutable. */
@AutoValue
public abstract class GraySettings {
    /** Whether the whole extension works; {@value}, default true. */
    static final String ENABLED = "dubbo.gray.enabled";

    static final String SOURCE = "dubbo.gray.source";
    static final String NAMESPACE = "dubbo.gray.namespace";
    static final String UID_KEYS = "dubbo.gray.uid-keys";
    static final String CACHE_DIR = "dubbo.gray.cache-dir";
    static final String VERSION = "dubbo.gray.version";

    private static final String APOLLO = "apollo";
    private static final String FILE = "file:";

    GraySettings() {}

    /**
     * Reads the settings of an application.
     *
     * @param properties the value of a property, or null
     * @throws IllegalArgumentException naming the property, what was found and what was expected
     */
    public static GraySettings read(String application, Function<String, @Nullable String> properties) {
        return read(application, properties, name -> name);
    }

    /**
     * As {@link #read(String, Function)}.
     *
     * @param names what a property is called where it was written, for messages
     */
    public static GraySettings read(
            String application, Function<String, @Nullable String> properties, UnaryOperator<String> names) {
        Reader reader = new Reader(properties, names);
        String source = reader.text(SOURCE, APOLLO);
        if (!source.equals(APOLLO) && !(source.startsWith(FILE) && source.length() > FILE.length())) {
            throw reader.unexpected(SOURCE, source, "apollo or file:<path>");
        }
        return new AutoValue_GraySettings(
                reader.flag(ENABLED, true),
                source.equals(APOLLO) ? null : Paths.get(source.substring(FILE.length())),
                reader.text(NAMESPACE, "gray-policy"),
                reader.list(UID_KEYS, "gray-uid,uid"),
                Paths.get(reader.text(CACHE_DIR, defaultCacheDir(application))),
                reader.optional(VERSION));
    }

    private static String defaultCacheDir(String application) {
        return Paths.get(System.getProperty("user.home", "."), ".gray", application)
                .toString();
    }

    public abstract boolean enabled();

    /** The policy file, or null where Apollo is the source. */
    public abstract @Nullable Path sourceFile();

    /** The Apollo namespace. */
    public abstract String namespace();

    /** A new source of the policy, not started; the caller closes it. */
    public final PolicySource newSource() {
        Path file = sourceFile();
        return file == null ? ApolloPolicySource.of(namespace()) : FilePolicySource.of(file);
    }

    /** Attachments in which a uid is looked for, in order; never empty. */
    public abstract List<String> uidKeys();

    /** Where the last accepted snapshot is kept. */
    public abstract Path cacheDir();

    /** The version of this application's providers, or null if it is not set here. */
    public abstract @Nullable String version();

    /** Reads single properties; a blank one counts as not set. */
    private static final class Reader {
        private final Function<String, @Nullable String> properties;
        private final UnaryOperator<String> names;

        Reader(Function<String, @Nullable String> properties, UnaryOperator<String> names) {
            this.properties = properties;
            this.names = names;
        }

        IllegalArgumentException unexpected(String key, String found, String expected) {
            return new IllegalArgumentException("gray: " + names.apply(key) + "=" + found + ": expected " + expected);
        }

        @Nullable
        String optional(String key) {
            String value = properties.apply(key);
            return value == null || value.trim().isEmpty() ? null : value.trim();
        }

        String text(String key, String otherwise) {
            String value = optional(key);
            return value == null ? otherwise : value;
        }

        boolean flag(String key, boolean otherwise) {
            String value = text(key, String.valueOf(otherwise));
            if (!value.equals("true") && !value.equals("false")) {
                throw unexpected(key, value, "true or false");
            }
            return value.equals("true");
        }

        List<String> list(String key, String otherwise) {
            String value = text(key, otherwise);
            List<String> items = Arrays.stream(value.split(","))
                    .map(String::trim)
                    .filter(item -> !item.isEmpty())
                    .collect(Collectors.toList());
            if (items.isEmpty()) {
                throw unexpected(key, value, "names separated by commas");
            }
            return Collections.unmodifiableList(items);
        }
    }
}
