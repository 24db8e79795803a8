package io.grayrelease.zookeeper;

import java.time.Instant;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.google.auto.value.AutoValue;

import io.grayrelease.policy.source.PolicyStatus;

/** One running process of an application, and the policy that it runs on. Immutable. */
@AutoValue
public abstract class Instance {
    /** What became of the latest policy that the process has read. */
    public enum Status {
        /** It has read none, and had none on disk. */
        NONE,
        /** It is in force. */
        ACCEPTED,
        /** The one in force came back from disk; the source has not confirmed it yet. */
        RESTORED,
        /** It was refused; the one before stays in force, if there is one. */
        REJECTED,
        /** The application has the extension switched off. */
        OFF
    }

    Instance() {}

    /** An instance of an application, for now without a policy. */
    public static Builder builder() {
        return new AutoValue_Instance.Builder().setStatus(Status.NONE).setProblems(Collections.emptyList());
    }

    /** The Dubbo application, or the name of an agent. */
    public abstract String application();

    /** Where it is found: host, or host:port. */
    public abstract String address();

    /** The version of its services, or null if it has none. */
    public abstract @Nullable String version();

    /** Where its policy comes from: {@code apollo gray-policy}. */
    public abstract String source();

    public abstract Status status();

    /** The hash of the policy in force, or null if there is none. */
    public abstract @Nullable String policy();

    /** When that was accepted; null if there is none. */
    public abstract @Nullable Instant acceptedAt();

    /** The hash of the latest snapshot, if it was refused; else null. */
    public abstract @Nullable String rejected();

    /** When it was refused. */
    public abstract @Nullable Instant rejectedAt();

    /** What was wrong with it, the first few problems, a line each. */
    public abstract List<String> problems();

    /** Of a process that makes another program run on the policy, how it does that: {@code native}; else null. */
    public abstract @Nullable String driver();

    /** Which configuration that program runs on, counted by its executor; null if there is none. */
    public abstract @Nullable Long revision();

    /** When that program was found to run on it. */
    public abstract @Nullable Instant appliedAt();

    /** Why that program does not do what it is to do; null if it does. */
    public abstract @Nullable String error();

    /** Collects what an instance consists of. Not thread-safe. */
    @AutoValue.Builder
    public abstract static class Builder {
        Builder() {}

        public abstract Builder setApplication(String application);

        public abstract Builder setAddress(String address);

        public abstract Builder setVersion(@Nullable String version);

        public abstract Builder setSource(String source);

        public abstract Builder setStatus(Status status);

        public abstract Builder setPolicy(@Nullable String hash);

        public abstract Builder setAcceptedAt(@Nullable Instant at);

        public abstract Builder setRejected(@Nullable String hash);

        public abstract Builder setRejectedAt(@Nullable Instant at);

        public abstract Builder setProblems(List<String> problems);

        /** Not set in a service, which decides itself. */
        public abstract Builder setDriver(@Nullable String driver);

        public abstract Builder setRevision(@Nullable Long revision);

        public abstract Builder setAppliedAt(@Nullable Instant at);

        public abstract Builder setError(@Nullable String error);

        /** Sets status, policy and rejection as a repository has them; of many or long problems the beginning. */
        public final Builder runningOn(PolicyStatus status) {
            return PolicyNews.tell(status, this);
        }

        public abstract Instance build();
    }
}
