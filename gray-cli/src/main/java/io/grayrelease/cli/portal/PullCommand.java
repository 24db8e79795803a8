package io.grayrelease.cli.portal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import io.grayrelease.cli.Console;
import io.grayrelease.cli.ExitCode;
import io.grayrelease.cli.Output;
import io.grayrelease.cli.Report;
import io.grayrelease.cli.text.UnreadableException;
import io.grayrelease.policy.model.Snapshot;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code grayctl pull}. */
@Command(
        name = "pull",
        description =
                "Reads the policy of a namespace in Apollo's portal: what is released, as a file that check, diff and"
                        + " publish read.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  grayctl pull portal:http://portal:8070/DEV/order-app/default/gray-policy > policy.properties",
            "  grayctl pull portal:http://portal:8070/DEV/order-app/default/gray-policy --edited --to next.properties",
            "",
            "The token of the portal is read from the environment variable GRAYCTL_PORTAL_TOKEN."
        })
public final class PullCommand implements Callable<Integer> {
    @Mixin
    private final Output output = new Output();

    @Mixin
    private final PortalOptions options = new PortalOptions();

    @Option(names = "--edited", description = "What is written in the edit area and would be released next.")
    private boolean edited;

    @Option(names = "--to", paramLabel = "FILE", description = "Write this file instead.")
    private @Nullable Path file;

    @Override
    public Integer call() throws UnreadableException {
        Portal portal = options.portal();
        SortedMap<String, String> keys =
                Snapshot.of(edited ? portal.edited() : portal.released()).values();
        if (file == null) {
            return output.show(new Pulled(keys));
        }
        try {
            Files.writeString(file, PropertiesText.of(keys));
        } catch (IOException e) {
            throw new UnreadableException(file.toString(), "it cannot be written: " + e, e);
        }
        return ExitCode.FINE;
    }

    /** The keys of a policy as a file has them. */
    private record Pulled(SortedMap<String, String> keys) implements Report {
        @Override
        public void print(Console console) {
            PropertiesText.of(keys).lines().forEach(console::line);
        }

        @Override
        public Object json() {
            return keys;
        }

        @Override
        public int exitCode() {
            return ExitCode.FINE;
        }
    }
}
