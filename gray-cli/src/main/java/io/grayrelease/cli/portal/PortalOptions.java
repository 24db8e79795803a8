package io.grayrelease.cli.portal;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What every command takes that works on a namespace in the portal. */
public final class PortalOptions {
    private static final String TOKEN = "GRAYCTL_PORTAL_TOKEN";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Parameters(index = "0", paramLabel = "NAMESPACE", description = PortalPlace.FORM + ".")
    @SuppressWarnings("NullAway.Init") // picocli demands it
    private PortalPlace place;

    @Option(
            names = "--operator",
            paramLabel = "USER",
            description = "The portal's user in whose name Apollo records it; by default whoever runs grayctl.")
    private @Nullable String operator;

    public PortalPlace place() {
        return place;
    }

    /** Does not connect yet. */
    public Portal portal() {
        return open(command.commandLine(), place, operator);
    }

    /** As {@link #portal}, for commands that name their namespace in another way. */
    public static Portal open(CommandLine line, PortalPlace place, @Nullable String operator) {
        Map<String, String> environment = System.getenv();
        String token =
                System.getProperty(TOKEN, environment.getOrDefault(TOKEN, "")).trim();
        if (token.isEmpty()) {
            throw new CommandLine.ParameterException(
                    line,
                    "No token: put that of a third party application of the portal, which may edit and release"
                            + " the namespace, into the environment variable " + TOKEN + ".");
        }
        return Portal.at(
                place.url(), token, place.namespace(), operator == null ? System.getProperty("user.name") : operator);
    }
}
