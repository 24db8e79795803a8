package io.grayrelease.cli.data;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.grayrelease.cli.portal.Portal;
import io.grayrelease.cli.portal.PortalOptions;
import io.grayrelease.cli.portal.PortalPlace;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the commands take that change the wish. */
final class StepOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Parameters(
            arity = "1..2",
            paramLabel = "[NAMESPACE] MIGRATION",
            hideParamSyntax = true,
            description = PortalPlace.FORM + ", unless --no-publish; and MIGRATION as in gray.data.MIGRATION.")
    @SuppressWarnings("NullAway.Init") // picocli demands it
    private List<String> target;

    @Option(
            names = "--no-publish",
            description = "Somebody else changes the wish in Apollo; only look, and wait for the fact.")
    private boolean noPublish;

    @Option(
            names = "--operator",
            paramLabel = "USER",
            description = "The portal's user in whose name Apollo records it; by default whoever runs grayctl.")
    private @Nullable String operator;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "How long to wait for the fact; by default ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // it has a default
    private Duration timeout;

    String migration() {
        return target.get(target.size() - 1);
    }

    Duration timeout() {
        return timeout;
    }

    /** Where the wish stands; null if somebody else changes it. */
    @Nullable
    WishKey wish() {
        if (noPublish != (target.size() == 1)) {
            throw new ParameterException(
                    command.commandLine(),
                    "Expected NAMESPACE MIGRATION, or MIGRATION --no-publish; found " + target.size() + " of them"
                            + (noPublish ? " and --no-publish." : " without --no-publish."));
        }
        if (noPublish) {
            return null;
        }
        Portal portal = PortalOptions.open(command.commandLine(), place(), operator);
        return new WishKey(portal, place(), migration());
    }

    private PortalPlace place() {
        try {
            return PortalPlace.of(target.get(0));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    command.commandLine(), "'" + target.get(0) + "' is no namespace of a portal: " + e.getMessage(), e);
        }
    }
}
