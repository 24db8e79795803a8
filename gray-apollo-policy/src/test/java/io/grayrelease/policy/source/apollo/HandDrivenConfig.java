package io.grayrelease.policy.source.apollo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

import com.ctrip.framework.apollo.ConfigChangeListener;
import com.ctrip.framework.apollo.enums.ConfigSourceType;
import com.ctrip.framework.apollo.internals.AbstractConfigRepository;
import com.ctrip.framework.apollo.internals.ConfigRepository;
import com.ctrip.framework.apollo.internals.DefaultConfig;
import com.ctrip.framework.apollo.model.ConfigChange;
import com.ctrip.framework.apollo.model.ConfigChangeEvent;

/** apollo-client's own configuration of a namespace, but the test brings its releases, and its events when it likes. */
final class HandDrivenConfig extends DefaultConfig {
    private static final String APP = "gray-test";

    private final Releases releases;
    private final List<ConfigChangeListener> listeners = new ArrayList<>();
    private final List<ConfigChangeEvent> events = new ArrayList<>();
    private Runnable betweenNamesAndValues = () -> {};

    private HandDrivenConfig(Releases releases) {
        super(APP, "hand-driven", releases);
        this.releases = releases;
    }

    /** A namespace that nobody knows anything of. */
    static HandDrivenConfig unknown() {
        RealApollo.endpoint(); // sets apollo-client up
        return new HandDrivenConfig(new Releases());
    }

    static HandDrivenConfig of(Map<String, String> keys) {
        HandDrivenConfig config = unknown();
        config.release(keys);
        return config;
    }

    /** Makes a release known to apollo-client; its event waits to be delivered. */
    void release(Map<String, String> keys) {
        releases.release(keys);
    }

    /** Delivers an event; events count from 0 in the order of their releases. */
    void deliver(int event) {
        List.copyOf(listeners).forEach(listener -> listener.onChange(events.get(event)));
    }

    int events() {
        return events.size();
    }

    /** Does something once, between the next reading of the names and that of their values. */
    void betweenNamesAndValues(Runnable action) {
        betweenNamesAndValues = () -> {
            betweenNamesAndValues = () -> {};
            action.run();
        };
    }

    @Override
    public Set<String> getPropertyNames() {
        Set<String> names = Set.copyOf(super.getPropertyNames());
        betweenNamesAndValues.run();
        return names;
    }

    @Override
    public void addChangeListener(ConfigChangeListener listener) {
        listeners.add(listener);
    }

    @Override
    public boolean removeChangeListener(ConfigChangeListener listener) {
        return listeners.remove(listener);
    }

    @Override
    protected void fireConfigChange(String appId, String namespace, Map<String, ConfigChange> changes) {
        events.add(new ConfigChangeEvent(appId, namespace, changes));
    }

    private static final class Releases extends AbstractConfigRepository {
        private ConfigSourceType sourceType = ConfigSourceType.NONE;
        private Properties properties = new Properties();

        void release(Map<String, String> keys) {
            sourceType = ConfigSourceType.REMOTE;
            properties = new Properties();
            properties.putAll(keys);
            fireRepositoryChange(APP, "hand-driven", properties);
        }

        @Override
        public Properties getConfig() {
            if (sourceType == ConfigSourceType.NONE) {
                throw new IllegalStateException("never reached");
            }
            return properties;
        }

        @Override
        public void setUpstreamRepository(ConfigRepository upstream) {}

        @Override
        public ConfigSourceType getSourceType() {
            return sourceType;
        }

        @Override
        protected void sync() {}
    }
}
