package io.grayrelease.matrix.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** What was so at which time: policies, and when a service may have had no gray provider. Thread-safe. */
final class Timeline {
    /** For this long around a change, the policy before it and the one after it are both right. */
    private static final long AROUND_MILLIS = 1_000;
    /** For this long after a provider serves, its consumers may not know it. */
    private static final long UNTIL_KNOWN_MILLIS = 5_000;

    /** Later than any call, and far enough from overflow. */
    private static final long OPEN = Long.MAX_VALUE / 2;

    private final List<Reign> reigns = new ArrayList<>();
    private final List<Absence> absences = new ArrayList<>();

    /** From now on a policy may be in force anywhere. */
    synchronized void publishing(SoakPolicy policy) {
        reigns.add(new Reign(policy, System.currentTimeMillis()));
    }

    /** It is in force everywhere: those before it are no longer. */
    synchronized void inForceEverywhere() {
        long now = System.currentTimeMillis();
        reigns.subList(0, reigns.size() - 1).stream()
                .filter(reign -> reign.end == OPEN)
                .forEach(reign -> reign.end = now);
    }

    /**
     * Consumers may see no provider of a version from now on.
     *
     * @param version null, if another provider of its version stays
     */
    synchronized Absence absent(String service, @Nullable String version, boolean killed) {
        Absence absence = new Absence(service, version, killed, System.currentTimeMillis());
        absences.add(absence);
        return absence;
    }

    synchronized void back(Absence absence) {
        absence.end = System.currentTimeMillis() + UNTIL_KNOWN_MILLIS;
    }

    /** Why a call may not have gone where it went; empty if it may. */
    synchronized String problem(SoakCall call) {
        List<SoakPolicy> policies = reigns.stream()
                .filter(reign -> reign.begin - AROUND_MILLIS <= call.end() && call.begin() <= reign.end + AROUND_MILLIS)
                .map(reign -> reign.policy)
                .distinct()
                .toList();
        Set<String> tags = call.hops().stream().map(SoakCall.Hop::tag).collect(Collectors.toCollection(TreeSet::new));
        Set<String> right =
                policies.stream().map(policy -> policy.tag(call.uid())).collect(Collectors.toCollection(TreeSet::new));
        if (tags.size() != 1 || !right.containsAll(tags)) {
            return "tags " + tags + ", expected one of " + right;
        }
        return call.hops().stream()
                .filter(hop -> !hop.version().equals("local") && !isAllowed(hop, policies, call))
                .map(hop -> hop + " under " + policies)
                .collect(Collectors.joining(", "));
    }

    private boolean isAllowed(SoakCall.Hop hop, List<SoakPolicy> policies, SoakCall call) {
        return policies.stream()
                .map(policy -> policy.version(hop.service(), hop.tag()))
                .anyMatch(wanted -> wanted.equals(hop.version()) || mayBeAbsent(hop.service(), wanted, call));
    }

    /** Then the policy allows the other version: a fallback, or fail_open where it is the baseline that is away. */
    private boolean mayBeAbsent(String service, String version, SoakCall call) {
        return absences.stream().anyMatch(absence -> absence.isOf(service, version) && absence.overlaps(call));
    }

    /** Whether a failed call may be one of a process that was killed. */
    synchronized boolean isOfKilled(SoakCall call) {
        return absences.stream().anyMatch(absence -> absence.killed && absence.overlaps(call));
    }

    private static final class Reign {
        private final SoakPolicy policy;
        private final long begin;
        private long end = OPEN;

        Reign(SoakPolicy policy, long begin) {
            this.policy = policy;
            this.begin = begin;
        }
    }

    /** A time in which consumers may have seen no provider of a version. */
    static final class Absence {
        private final String service;
        private final @Nullable String version;
        private final boolean killed;
        private final long begin;
        private long end = OPEN;

        private Absence(String service, @Nullable String version, boolean killed, long begin) {
            this.service = service;
            this.version = version;
            this.killed = killed;
            this.begin = begin;
        }

        private boolean isOf(String otherService, String otherVersion) {
            return service.equals(otherService) && otherVersion.equals(version);
        }

        private boolean overlaps(SoakCall call) {
            return begin <= call.end() && call.begin() <= end;
        }
    }
}
