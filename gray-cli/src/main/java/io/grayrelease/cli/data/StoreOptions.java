package io.grayrelease.cli.data;

import java.nio.file.Path;
import java.util.Properties;

import org.jspecify.annotations.Nullable;

import io.grayrelease.cli.text.UnreadableException;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command takes that looks into the two stores. */
final class StoreOptions {
    /** For the end of help texts. */
    static final String PASSWORDS = "Passwords are read from the environment variables GRAYCTL_OLD_PASSWORD and"
            + " GRAYCTL_NEW_PASSWORD, or from the file.";

    private static final String URL =
            "jdbc:postgresql://HOST/DATABASE, or for MariaDB and MySQL jdbc:mariadb://HOST/DATABASE.";
    private static final int CONNECTIONS = 4;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Option(names = "--old", paramLabel = "URL", description = "The old store, " + URL)
    private @Nullable String oldUrl;

    @Option(names = "--old-user", paramLabel = "USER", description = "Who looks into it.")
    private @Nullable String oldUser;

    @Option(names = "--new", paramLabel = "URL", description = "The new store, " + URL)
    private @Nullable String newUrl;

    @Option(names = "--new-user", paramLabel = "USER", description = "Who looks into it.")
    private @Nullable String newUser;

    @Option(
            names = "--stores",
            paramLabel = "FILE",
            description = "Both, as a .properties file: old.url, old.user, old.password, new.url, new.user,"
                    + " new.password. Options go before it.")
    private @Nullable Path file;

    /**
     * Connects to the old store; the new one may be away.
     *
     * @param workers that each take a connection of both stores, and at times a second one
     */
    Stores open(int workers) throws UnreadableException {
        Properties keys = StoresFile.read(file);
        StorePlace old = place("old", oldUrl, oldUser, keys);
        StorePlace ofNew = place("new", newUrl, newUser, keys);
        return Stores.connect(old, ofNew, CONNECTIONS + 2 * workers);
    }

    private StorePlace place(String which, @Nullable String url, @Nullable String user, Properties keys) {
        String found = url == null ? keys.getProperty(which + ".url") : url;
        if (found == null) {
            throw new ParameterException(
                    command.commandLine(),
                    "Missing the " + which + " store: --" + which + " jdbc:..., or " + which
                            + ".url in --stores FILE.");
        }
        try {
            return new StorePlace(
                    "the " + which + " store",
                    found.trim(),
                    user == null ? keys.getProperty(which + ".user") : user,
                    password(which, keys.getProperty(which + ".password")));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    private static @Nullable String password(String which, @Nullable String inFile) {
        String variable = which.equals("old") ? "GRAYCTL_OLD_PASSWORD" : "GRAYCTL_NEW_PASSWORD";
        String set = System.getProperty(variable, System.getenv(variable));
        return set == null ? inFile : set;
    }
}
