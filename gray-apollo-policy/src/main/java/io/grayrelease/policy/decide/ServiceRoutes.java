package io.grayrelease.policy.decide;

import java.util.Collection;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Route;
import io.grayrelease.policy.model.VersionPattern;

/**
 * Which providers of one service a call may go to, according to one policy. It looks at one provider at a time, by
 * application and version, so that a caller can ask once per kind of provider and keep the answer. Immutable.
 */
public final class ServiceRoutes {
    private final GrayPolicy policy;
    private final String service;

    private ServiceRoutes(GrayPolicy policy, String service) {
        this.policy = policy;
        this.service = service;
    }

    /** The routes of a service, named by its Dubbo interface. */
    public static ServiceRoutes of(GrayPolicy policy, String service) {
        return new ServiceRoutes(policy, service);
    }

    /** Whether a route has a target for the service, given the applications that provide it. */
    public boolean decides(Route route, Collection<String> applications) {
        return route.targets().versionFor(service, null) != null
                || applications.stream()
                        .anyMatch(application -> route.targets().versionFor(service, application) != null);
    }

    /** Whether a provider has the version that a route sends its calls to. */
    public boolean accepts(Route route, @Nullable String application, @Nullable String version) {
        VersionPattern wanted = route.targets().versionFor(service, application);
        return wanted != null && wanted.matches(version);
    }

    /**
     * Whether baseline calls may go to a provider: it has the version that {@code gray.baseline} pins, or, where
     * nothing is pinned, one that no route names for the service.
     */
    public boolean isBaseline(@Nullable String application, @Nullable String version) {
        VersionPattern pinned = policy.baseline().versionFor(service, application);
        return pinned != null ? pinned.matches(version) : !isReserved(application, version);
    }

    private boolean isReserved(@Nullable String application, @Nullable String version) {
        return policy.routes().values().stream()
                .anyMatch(route -> route.targets().names(service, application, version));
    }
}
