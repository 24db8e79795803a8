package io.grayrelease.policy.source;

/** Where snapshots come from. */
public interface PolicySource extends AutoCloseable {
    /** For people and file names: {@code apollo gray-policy}. */
    String name();

    /** Whether anything says where it is; if not, there will be no policy. */
    default boolean isConfigured() {
        return true;
    }

    /**
     * Offers what there is now and every change from then on. Returns when the first reading is done or has taken too
     * long; then the last accepted policy is in force and the source goes on trying. Never throws.
     */
    void start(PolicyRepository repository);

    /** Stops following. */
    @Override
    void close();
}
