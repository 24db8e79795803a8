package io.grayrelease.policy.decide;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import com.google.auto.value.AutoValue;

import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Route;
import io.grayrelease.policy.model.Tags;
import io.grayrelease.policy.model.Targets;
import io.grayrelease.policy.model.VersionPattern;

/** The version of one service that a policy means for a request's tags; who is alive it cannot know. Immutable. */
@AutoValue
public abstract class Destination {
    Destination() {}

    /** Where calls to a service go; its application may be null if only its interface is known. */
    public static Destination of(GrayPolicy policy, Tags tags, String service, @Nullable String application) {
        ServiceRoutes routes = ServiceRoutes.of(policy, service);
        Set<String> applications = application == null ? Collections.emptySet() : Collections.singleton(application);
        for (String tag : policy.on() ? tags.names() : Collections.<String>emptyList()) {
            Route route = policy.routes().get(tag);
            if (route != null && routes.decides(route, applications)) {
                VersionPattern version = route.targets().versionFor(service, application);
                return new AutoValue_Destination(service, application, route, version, Collections.emptyList());
            }
        }
        VersionPattern pinned = policy.baseline().versionFor(service, application);
        List<VersionPattern> reserved = pinned == null ? reserved(policy, service, application) : new ArrayList<>();
        return new AutoValue_Destination(service, application, null, pinned, Collections.unmodifiableList(reserved));
    }

    private static List<VersionPattern> reserved(GrayPolicy policy, String service, @Nullable String application) {
        Set<VersionPattern> reserved = new LinkedHashSet<>();
        for (Route route : policy.routes().values()) {
            route.targets().versions().forEach((target, version) -> {
                if (target.equals(service) || target.equals(application) || target.equals(Targets.ANY)) {
                    reserved.add(version);
                }
            });
        }
        return new ArrayList<>(reserved);
    }

    public abstract String service();

    public abstract @Nullable String application();

    /** The route that decides; null for a baseline call. */
    public abstract @Nullable Route route();

    /** The route's version, or for a baseline call the one that {@code gray.baseline} pins; null if none is pinned. */
    public abstract @Nullable VersionPattern version();

    /** The versions that an unpinned baseline call stays away from; empty otherwise. */
    public abstract List<VersionPattern> reserved();
}
