package io.grayrelease.policy.source.apollo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.policy.source.PolicyRepository;
import io.grayrelease.policy.source.PolicySource;

/**
 * A policy in a namespace of Apollo. Where Apollo is, and who asks, are apollo-client's own settings. The first reading
 * runs on a thread of its own that ends with it; changes come on apollo-client's threads.
 */
public final class ApolloPolicySource implements PolicySource {
    private static final Logger LOG = LoggerFactory.getLogger(ApolloPolicySource.class);

    private final String namespace;
    private volatile @Nullable NamespaceReader reader;
    private volatile boolean closed;

    private ApolloPolicySource(String namespace) {
        this.namespace = namespace;
    }

    public static ApolloPolicySource of(String namespace) {
        return new ApolloPolicySource(namespace);
    }

    @Override
    public String name() {
        return "apollo " + namespace;
    }

    @Override
    public boolean isConfigured() {
        try {
            return ApolloSettings.isConfigured();
        } catch (LinkageError e) { // apollo-client is not on the class path
            return false;
        }
    }

    @Override
    public void start(PolicyRepository repository) {
        try {
            follow(repository);
        } catch (LinkageError e) {
            LOG.error("gray: no policy from Apollo: apollo-client is not on the class path ({})", e.toString());
        }
        repository.restore();
    }

    private void follow(PolicyRepository repository) {
        if (!ApolloSettings.isConfigured()) {
            LOG.info("gray: no policy from Apollo: it is not configured (no app.id and no meta server)");
            return;
        }
        CountDownLatch firstReading = new CountDownLatch(1);
        Thread thread = new Thread(() -> connect(repository, firstReading), "gray-policy-apollo");
        thread.setDaemon(true);
        thread.start();
        if (!await(firstReading)) {
            LOG.warn("gray: Apollo has not answered in {} ms, going on without", ApolloSettings.timeoutMillis());
        }
    }

    private void connect(PolicyRepository repository, CountDownLatch firstReading) {
        try {
            NamespaceReader connected = NamespaceReader.connect(namespace, repository);
            reader = connected;
            if (closed) {
                connected.close();
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.error("gray: no policy from Apollo", e);
        } finally {
            firstReading.countDown();
        }
    }

    private static boolean await(CountDownLatch firstReading) {
        try {
            return firstReading.await(ApolloSettings.timeoutMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        NamespaceReader connected = reader;
        if (connected != null) {
            connected.close();
        }
    }
}
