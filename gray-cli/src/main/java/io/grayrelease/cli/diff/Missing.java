package io.grayrelease.cli.diff;

import java.util.ArrayList;
import java.util.List;

import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Route;
import io.grayrelease.policy.model.Targets;
import io.grayrelease.policy.model.VersionPattern;
import io.grayrelease.zookeeper.providers.Provider;

/**
 * A target whose new version no provider has.
 *
 * @param statement that names it, such as {@code route order-v2} or {@code baseline}
 * @param target an interface, an application or {@code *}
 */
record Missing(String statement, String target, String version) {
    /** Those of the targets that are new, or have another version than before. */
    static List<Missing> between(GrayPolicy before, GrayPolicy after, List<Provider> alive) {
        List<Missing> missing = new ArrayList<>();
        after.routes().forEach((tag, route) -> {
            Route old = before.routes().get(tag);
            add(missing, "route " + tag, old == null ? Targets.NONE : old.targets(), route.targets(), alive);
        });
        add(missing, "baseline", before.baseline(), after.baseline(), alive);
        return List.copyOf(missing);
    }

    private static void add(List<Missing> missing, String statement, Targets was, Targets is, List<Provider> alive) {
        is.versions().forEach((target, version) -> {
            boolean isNew = !version.equals(was.versions().get(target));
            if (isNew && alive.stream().noneMatch(provider -> is(provider, target, version))) {
                missing.add(new Missing(statement, target, version.toString()));
            }
        });
    }

    private static boolean is(Provider provider, String target, VersionPattern version) {
        boolean meant = target.equals(Targets.ANY)
                || target.equals(provider.service())
                || target.equals(provider.application());
        return meant && version.matches(provider.version());
    }
}
