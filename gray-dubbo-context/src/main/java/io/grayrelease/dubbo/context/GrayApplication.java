package io.grayrelease.dubbo.context;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.apache.dubbo.common.config.ConfigurationUtils;
import org.apache.dubbo.common.resource.Disposable;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.policy.decide.Decision;
import io.grayrelease.policy.decide.RequestView;
import io.grayrelease.policy.source.PolicyInForce;
import io.grayrelease.policy.source.PolicyRepository;
import io.grayrelease.policy.source.PolicySource;
import io.grayrelease.policy.source.SnapshotStore;

/**
 * Gray releases in one Dubbo application: its settings and the policy in force. One instance per ApplicationModel, shared
 * by everything of ours in it. Thread-safe.
 */
public final class GrayApplication implements Disposable {
    private static final Logger LOG = LoggerFactory.getLogger(GrayApplication.class);

    private final String name;
    private final GraySettings settings;
    private final PolicyRepository repository;
    private final PolicySource source;
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile Consumer<Decision> decisions = decision -> {};

    private GrayApplication(String name, GraySettings settings) {
        this.name = name;
        this.settings = settings;
        this.source = settings.newSource();
        this.repository = PolicyRepository.of(SnapshotStore.in(settings.cacheDir(), source.name()), Clock.systemUTC());
    }

    /**
     * The instance of an application; made at the first call, when Dubbo's configuration is complete.
     *
     * @throws IllegalArgumentException if a setting is wrong
     */
    public static GrayApplication of(ApplicationModel model) {
        return model.getBeanFactory().getOrRegisterBean(GrayApplication.class, type -> create(model));
    }

    /** The instance of an application, or null if it has none, as Dubbo's internal one. */
    public static @Nullable GrayApplication find(ApplicationModel model) {
        return model.getBeanFactory().getBean(GrayApplication.class);
    }

    private static GrayApplication create(ApplicationModel model) {
        String name = model.getApplicationName();
        return new GrayApplication(
                name, GraySettings.read(name, property -> ConfigurationUtils.getProperty(model, property)));
    }

    /** Starts to follow the policy, once; returns when it was read or could not be read in time. */
    void start() {
        if (!started.compareAndSet(false, true)) {
            return;
        }
        if (settings.enabled()) {
            source.start(repository);
        } else {
            LOG.info("gray: off ({}=false), calls are routed as without it", GraySettings.ENABLED);
        }
    }

    /** The Dubbo application name. */
    public String name() {
        return name;
    }

    public GraySettings settings() {
        return settings;
    }

    public boolean enabled() {
        return settings.enabled();
    }

    /** Where the policy comes from, for people: {@code apollo gray-policy}. */
    public String sourceName() {
        return source.name();
    }

    /** Whether anything says where the policy is; if not, there will be none. */
    public boolean hasSource() {
        return source.isConfigured();
    }

    /** What was accepted and rejected. */
    public PolicyRepository repository() {
        return repository;
    }

    /** The policy in force, or null if there is none. One volatile read: ask once per call. */
    public @Nullable PolicyInForce policy() {
        return repository.current();
    }

    /** Decides a request by the policy in force; null if there is none. */
    public @Nullable Decision decide(RequestView request) {
        PolicyInForce policy = policy();
        if (policy == null) {
            return null;
        }
        Decision decision = policy.evaluator().decide(request);
        decided(decision);
        return decision;
    }

    /** Tells those who listen of a decision that an entry has made by this application's policy. */
    public void decided(Decision decision) {
        decisions.accept(decision);
    }

    /** Tells a listener of every decision, on the thread of the call: it must neither wait nor throw. */
    public synchronized void onDecision(Consumer<Decision> listener) {
        decisions = decisions.andThen(listener);
    }

    @Override
    public void destroy() {
        source.close();
    }
}
