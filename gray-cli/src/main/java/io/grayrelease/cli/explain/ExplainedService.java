package io.grayrelease.cli.explain;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.decide.Destination;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Tags;
import io.grayrelease.zookeeper.providers.Provider;

/**
 * Where the calls to one service go.
 *
 * @param destination what the policy means
 * @param outlook what becomes of it; null if nobody asked who is alive
 */
record ExplainedService(Destination destination, @Nullable Outlook outlook) {
    static ExplainedService of(GrayPolicy policy, Tags tags, Service service, @Nullable List<Provider> providers) {
        List<Provider> alive = providers == null
                ? List.of()
                : providers.stream()
                        .filter(provider -> provider.service().equals(service.name()))
                        .toList();
        String application = service.application() == null ? application(alive) : service.application();
        return new ExplainedService(
                Destination.of(policy, tags, service.name(), application),
                providers == null ? null : Outlook.of(policy, tags, service.name(), alive));
    }

    /** The application that provides it, if there is only one. */
    private static @Nullable String application(List<Provider> alive) {
        String first = alive.isEmpty() ? null : alive.get(0).application();
        return first != null && alive.stream().allMatch(provider -> first.equals(provider.application()))
                ? first
                : null;
    }
}
