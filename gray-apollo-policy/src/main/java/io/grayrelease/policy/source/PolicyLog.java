package io.grayrelease.policy.source;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Problem;

/** One line per change of the policy, one per rejection with its problems. */
final class PolicyLog {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyRepository.class);

    /** How many problems one line shows; the status keeps all. */
    private static final int SHOWN = 50;

    /** What is quoted from a value must not look like a log line of its own. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");

    private boolean saidNoPolicy;

    void accepted(GrayPolicy policy, List<Problem> warnings) {
        LOG.info(
                "gray: policy {} accepted{}: {} rules, {} routes{}",
                policy.hash(),
                policy.on() ? "" : ", switched off",
                policy.rules().size(),
                policy.routes().size(),
                warnings.isEmpty() ? "" : ", warnings: " + join(warnings));
    }

    void restored(GrayPolicy policy, Instant acceptedAt) {
        LOG.info("gray: policy {} of {} is back from disk", policy.hash(), acceptedAt);
    }

    void unusable(String hash, List<Problem> errors) {
        LOG.warn("gray: policy {} on disk is not usable any more, ignored: {}", hash, join(errors));
    }

    void rejected(String hash, @Nullable PolicyInForce inForce, List<Problem> errors) {
        LOG.warn(
                "gray: policy {} rejected, {}: {}",
                hash,
                inForce == null ? "none is in force" : inForce.policy().hash() + " stays in force",
                join(errors));
    }

    void confirmed(GrayPolicy policy) {
        LOG.info("gray: policy {} is published again, it was in force all the time", policy.hash());
    }

    void fault(Throwable fault) {
        LOG.error("gray: a fault of gray itself while it read a policy, what is in force stays", fault);
    }

    void noPolicy() {
        if (!saidNoPolicy) {
            saidNoPolicy = true;
            LOG.info("gray: no policy: the namespace has no gray.* key");
        }
    }

    private static String join(List<Problem> problems) {
        String shown = problems.stream().limit(SHOWN).map(Problem::toString).collect(Collectors.joining(" | "));
        String oneLine = CONTROL.matcher(shown).replaceAll(" ");
        return problems.size() <= SHOWN ? oneLine : oneLine + " | and " + (problems.size() - SHOWN) + " more";
    }
}
