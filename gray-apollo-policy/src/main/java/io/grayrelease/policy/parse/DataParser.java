package io.grayrelease.policy.parse;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.DataMigration;
import io.grayrelease.policy.model.DataPhase;

/** Reads {@code gray.data.<migration> = PHASE ; read=tag}. */
final class DataParser {
    private static final List<String> PHASES =
            Arrays.stream(DataPhase.values()).map(DataPhase::name).collect(Collectors.toList());
    private static final String A_PHASE = "a phase: " + String.join(", ", PHASES);
    private static final String READ = "read";
    private static final String BASELINE = "baseline";

    private final Statement statement;
    private final Scanner scanner;
    private final Set<String> tagsWithRoute;

    private DataParser(Statement statement, Set<String> tagsWithRoute) {
        this.statement = statement;
        this.scanner = statement.scanner();
        this.tagsWithRoute = tagsWithRoute;
    }

    static DataMigration parse(Statement statement, String name, Set<String> tagsWithRoute) {
        DataParser parser = new DataParser(statement, tagsWithRoute);
        DataPhase phase = parser.phase();
        return DataMigration.of(name, phase, parser.read());
    }

    private DataPhase phase() {
        int column = scanner.column();
        String word = scanner.run(c -> Scanner.isLetter(c) || Scanner.isDigit(c) || c == '_' || c == '-');
        if (word.isEmpty()) {
            throw scanner.syntaxError(A_PHASE);
        }
        if (PHASES.contains(word)) {
            return DataPhase.valueOf(word);
        }
        statement.error(column, word, A_PHASE, Suggestions.nearest(word, PHASES));
        return DataPhase.OLD_ONLY;
    }

    private @Nullable String read() {
        String read = null;
        while (scanner.accept(";")) {
            int column = scanner.column();
            String option = scanner.run(Scanner::isLetter);
            if (option.isEmpty()) {
                throw scanner.syntaxError("an option: read=<tag>");
            }
            scanner.expect("=", "=");
            if (!option.equals(READ)) {
                statement.error(column, option, "the option read", Suggestions.nearest(option, READ));
                TagParser.word(scanner, "a value");
            } else if (read != null) {
                statement.error(column, option, "each option once");
                tag();
            } else {
                read = tag();
            }
        }
        scanner.expectEnd("; and read=<tag>, or nothing more");
        return read;
    }

    private String tag() {
        int column = scanner.column();
        String tag = TagParser.word(scanner, "a tag");
        if (tag.equals(BASELINE)) {
            statement.error(column, tag, "a tag (baseline requests read the old store in GRAY_READ)");
        } else {
            TagParser.check(statement, column, tag, tagsWithRoute);
        }
        return tag;
    }
}
