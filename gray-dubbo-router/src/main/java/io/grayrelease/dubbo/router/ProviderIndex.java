package io.grayrelease.dubbo.router;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.apache.dubbo.common.URL;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.RpcContext;
import org.apache.dubbo.rpc.cluster.router.state.BitList;
import org.jspecify.annotations.Nullable;

/**
 * The providers of one address list by kind. A BitList intersects by position, so an index is good only for the very
 * list that it was built from: {@link #isOf}. Immutable once built, but for the sets, which nobody changes.
 */
final class ProviderIndex<T> {
    private final List<Invoker<T>> origin;
    private final boolean anyVersion;
    private final Map<ProviderKind, BitSet> byKind;

    private ProviderIndex(List<Invoker<T>> origin, boolean anyVersion, Map<ProviderKind, BitSet> byKind) {
        this.origin = origin;
        this.anyVersion = anyVersion;
        this.byKind = byKind;
    }

    /** Reads all providers of a list once: the original list, since which of them are live changes without notice. */
    static <T> ProviderIndex<T> of(List<Invoker<T>> origin, boolean anyVersion) {
        Map<ProviderKind, BitSet> byKind = new LinkedHashMap<>();
        int position = 0;
        for (Invoker<T> invoker : origin) {
            byKind.computeIfAbsent(kind(invoker, anyVersion), kind -> new BitSet())
                    .set(position++);
        }
        return new ProviderIndex<>(origin, anyVersion, byKind);
    }

    /** Reading an URL may change the consumer URL that Dubbo keeps for this thread; put it back. */
    private static ProviderKind kind(Invoker<?> invoker, boolean anyVersion) {
        URL consumerUrl = RpcContext.getServiceContext().getConsumerUrl();
        try {
            return ProviderKind.of(invoker, anyVersion);
        } finally {
            RpcContext.getServiceContext().setConsumerUrl(consumerUrl);
        }
    }

    /** The index of another list of the same consumer. */
    ProviderIndex<T> ofOthers(List<Invoker<T>> others) {
        return of(others, anyVersion);
    }

    boolean isOf(BitList<Invoker<T>> invokers) {
        return origin == invokers.getOriginList();
    }

    /** The kind of a provider that is not in the list. */
    ProviderKind kind(Invoker<T> invoker) {
        return kind(invoker, anyVersion);
    }

    /** The providers of all kinds that are wanted. */
    Positions<Invoker<T>> select(Predicate<ProviderKind> wanted) {
        BitSet selected = new BitSet();
        for (Map.Entry<ProviderKind, BitSet> entry : byKind.entrySet()) {
            if (wanted.test(entry.getKey())) {
                selected.or(entry.getValue());
            }
        }
        return new Positions<>(origin, selected);
    }

    /** The applications that provide the service. */
    Collection<String> applications() {
        List<String> applications = new ArrayList<>();
        byKind.keySet().forEach(kind -> {
            if (kind.application() != null) {
                applications.add(kind.application());
            }
        });
        return applications;
    }

    /** For people: how many providers each kind has. */
    @Override
    public String toString() {
        return byKind.entrySet().stream()
                .map(entry -> describe(entry.getKey()) + ": " + entry.getValue().cardinality())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String describe(ProviderKind kind) {
        @Nullable String version = kind.version();
        return kind.application() + " " + (version == null ? "without version" : version);
    }
}
