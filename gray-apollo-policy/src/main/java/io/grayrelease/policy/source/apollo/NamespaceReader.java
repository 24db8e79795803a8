package io.grayrelease.policy.source.apollo;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.ctrip.framework.apollo.Config;
import com.ctrip.framework.apollo.ConfigChangeListener;
import com.ctrip.framework.apollo.ConfigService;
import com.ctrip.framework.apollo.enums.ConfigSourceType;

import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.source.PolicyRepository;

/**
 * Reads a namespace as a whole, at first and after every event. Apollo's events may come late, twice and in the wrong
 * order, so an event only means: read again. Readings are serialised, and each sees at least what its event was about;
 * the last one therefore sees what a fresh start would.
 */
final class NamespaceReader {
    private static final Logger LOG = LoggerFactory.getLogger(NamespaceReader.class);

    /** A release that comes while the keys are read gives a mixture; it takes as many in a row to be fooled. */
    private static final int ATTEMPTS = 10;

    private final Config config;
    private final PolicyRepository repository;
    private final ConfigChangeListener listener = event -> read();
    private Set<String> shadowed = new TreeSet<>();
    private boolean closed;

    NamespaceReader(Config config, PolicyRepository repository) {
        this.config = config;
        this.repository = repository;
    }

    /** Asks Apollo, which may take long, and follows the namespace from then on. */
    static NamespaceReader connect(String namespace, PolicyRepository repository) {
        NamespaceReader reader = new NamespaceReader(ConfigService.getConfig(namespace), repository);
        reader.follow();
        reader.reportIfUnknown(namespace);
        return reader;
    }

    /** Listens before it reads, so that no release falls between. */
    void follow() {
        config.addChangeListener(listener);
        read();
    }

    private synchronized void read() {
        if (closed || isUnknown()) {
            return;
        }
        Map<String, String> values = values();
        for (int attempt = 1; attempt < ATTEMPTS && !isStill(values); attempt++) {
            values = values();
        }
        repository.offer(Snapshot.of(values));
        reportShadowed(values.keySet());
    }

    /** Apollo was never reached, or has no such namespace: that is not the same as an empty one. */
    private boolean isUnknown() {
        return config.getSourceType() == ConfigSourceType.NONE;
    }

    private void reportIfUnknown(String namespace) {
        if (isUnknown()) {
            LOG.warn("gray: Apollo is away, or has no namespace {} for this application; waiting for it", namespace);
        }
    }

    private Map<String, String> values() {
        Map<String, String> values = new HashMap<>();
        for (String key : config.getPropertyNames()) {
            String value = value(key);
            if (value != null) {
                values.put(key, value);
            }
        }
        return values;
    }

    private boolean isStill(Map<String, String> values) {
        int size = 0;
        for (String key : config.getPropertyNames()) {
            String value = value(key);
            if (value != null && !value.equals(values.get(key))) {
                return false;
            }
            size += value == null ? 0 : 1;
        }
        return size == values.size();
    }

    private @Nullable String value(String key) {
        return key.startsWith(Snapshot.PREFIX) ? config.getProperty(key, null) : null;
    }

    /** apollo-client lets a system property win over the namespace: people must see that this process differs. */
    private void reportShadowed(Set<String> keys) {
        Set<String> found = new TreeSet<>();
        for (String key : keys) {
            if (System.getProperty(key) != null) {
                found.add(key);
            }
        }
        if (!found.equals(shadowed) && !found.isEmpty()) {
            LOG.warn("gray: overridden in this process by -D, unlike in all others: {}", found);
        }
        shadowed = found;
    }

    synchronized void close() {
        closed = true;
        config.removeChangeListener(listener);
    }
}
