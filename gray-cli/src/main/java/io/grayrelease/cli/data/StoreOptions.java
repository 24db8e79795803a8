package io.grayrelease.cli.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

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
    private static final long LOOK_MILLIS = 2_500;
    private static final long WORK_MILLIS = 10_000;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");
    private static final Pattern SECRET = Pattern.compile("(?i)(password|pwd)=[^&;]*");

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
     * Opens both, each of which may be away. Who only looks at them waits for neither long.
     *
     * @param workers that each take a connection of both stores, and at times a second one
     */
    Stores open(int workers) throws UnreadableException {
        Properties keys = StoresFile.read(file);
        StorePlace old = place("old", oldUrl, oldUser, keys);
        StorePlace ofNew = place("new", newUrl, newUser, keys);
        return new Stores(old, ofNew, CONNECTIONS + 2 * workers, workers == 0 ? LOOK_MILLIS : WORK_MILLIS);
    }

    /** What was given, as another command takes it, for a shell; without a password that is in a URL. */
    String words() {
        List<String> words = new ArrayList<>();
        add("--stores", file == null ? null : file.toString(), words);
        add("--old", oldUrl, words);
        add("--old-user", oldUser, words);
        add("--new", newUrl, words);
        add("--new-user", newUser, words);
        return String.join(" ", words);
    }

    private static void add(String option, @Nullable String value, List<String> words) {
        if (value != null) {
            String shown = SECRET.matcher(value).replaceAll("$1=...");
            words.add(
                    option + " " + (PLAIN.matcher(shown).matches() ? shown : "'" + shown.replace("'", "'\\''") + "'"));
        }
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
