package io.grayrelease.cli.explain;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.grayrelease.cli.Console;
import io.grayrelease.cli.ExitCode;
import io.grayrelease.cli.Report;
import io.grayrelease.policy.decide.Clause;
import io.grayrelease.policy.decide.DataRead;
import io.grayrelease.policy.decide.Destination;
import io.grayrelease.policy.decide.Explanation;
import io.grayrelease.policy.decide.Explanation.ExplainedRule;
import io.grayrelease.policy.model.DataMigration;
import io.grayrelease.policy.model.Route;
import io.grayrelease.policy.model.VersionPattern;

/** Every rule and why it matched or not, the tags, where they send the request, and the data that it reads. */
final class ExplainReport implements Report {
    private static final String INDENT = "  ";

    private final String place;
    private final Explanation explanation;
    private final List<ExplainedService> services;
    private final List<DataRead> reads;

    ExplainReport(String place, Explanation explanation, List<ExplainedService> services, List<DataRead> reads) {
        this.place = place;
        this.explanation = explanation;
        this.services = services;
        this.reads = reads;
    }

    @Override
    public int exitCode() {
        return ExitCode.FINE;
    }

    @Override
    public void print(Console console) {
        explanation.rules().forEach(rule -> print(rule, console));
        console.line(console.bold("tags: " + tags()));
        services.forEach(service -> print(service, console));
        reads.forEach(read -> console.line(
                console.bold(read.migration().key() + ": " + read.store() + " store") + ", " + read.why()));
    }

    private static void print(ExplainedService service, Console console) {
        Destination destination = service.destination();
        console.line(console.bold(name(destination) + ": " + version(destination)) + why(service));
        Outlook outlook = service.outlook();
        if (outlook != null) {
            console.line(INDENT + (outlook.isWanted() ? outlook.text() : console.yellow(outlook.text())));
        }
    }

    private static void print(ExplainedRule rule, Console console) {
        console.line(console.bold(rule.rule().id().key()) + " = "
                + console.faint(rule.rule().id().text()));
        console.line(INDENT + outcome(rule, console) + ": " + rule.why());
        print(rule.clause(), INDENT + INDENT, console);
    }

    private static String outcome(ExplainedRule rule, Console console) {
        return switch (rule.outcome()) {
            case MATCHED -> console.green("matched");
            case NOT_MATCHED -> console.red("not matched");
            case OFF -> console.yellow("off");
            case NOT_REACHED -> console.yellow("not reached");
        };
    }

    private static void print(Clause clause, String indent, Console console) {
        String mark = clause.holds() ? console.green("yes") : console.red("no ");
        String why = clause.why().isEmpty() ? "" : ": " + clause.why();
        console.line(indent + mark + INDENT + clause.text() + why);
        clause.operands().forEach(operand -> print(operand, indent + INDENT + INDENT, console));
    }

    private String tags() {
        if (explanation.decision().tags().isEmpty()) {
            return "none, a baseline request";
        }
        return String.join(", ", explanation.decision().tags().names());
    }

    private static String name(Destination destination) {
        String application = destination.application();
        return destination.service() + (application == null ? "" : "@" + application);
    }

    private static String version(Destination destination) {
        if (destination.version() != null) {
            return "version " + destination.version();
        }
        return destination.reserved().isEmpty() ? "any version" : "any version but " + reserved(destination);
    }

    private static String reserved(Destination destination) {
        return destination.reserved().stream().map(VersionPattern::toString).collect(Collectors.joining(", "));
    }

    private static String why(ExplainedService service) {
        Destination destination = service.destination();
        Route route = destination.route();
        if (route != null) {
            return ", by route " + route.tag() + (service.outlook() == null ? whenNoneIsAlive(route) : "");
        }
        if (destination.version() != null) {
            return ", by gray.baseline";
        }
        return destination.reserved().isEmpty()
                ? ", a baseline call: no route names it"
                : ", a baseline call: routes reserve these";
    }

    private static String whenNoneIsAlive(Route route) {
        return route.fallback() == Route.Fallback.STRICT
                ? "; none alive: the call fails"
                : "; none alive: a baseline call";
    }

    @Override
    public Object json() {
        return new Json(
                place,
                explanation.decision().tags().names(),
                explanation.decision().reason().name().toLowerCase(Locale.ROOT),
                explanation.rules().stream().map(ExplainReport::json).toList(),
                services.stream().map(ExplainReport::json).toList(),
                reads.stream().map(ExplainReport::json).toList());
    }

    private record Json(
            String place,
            List<String> tags,
            String reason,
            List<JsonRule> rules,
            List<JsonService> services,
            List<JsonRead> data) {}

    private record JsonRule(
            String key, String name, @Nullable String tag, String outcome, String why, JsonClause condition) {}

    private record JsonClause(String text, boolean holds, String why, List<JsonClause> operands) {}

    /** The tag is that of the route that decides, missing for a baseline call. */
    private record JsonService(
            String service,
            @Nullable String application,
            @Nullable String tag,
            @Nullable String version,
            @Nullable String fallback,
            List<String> reserved,
            @Nullable Outlook providers) {}

    /** The store is {@code old} or {@code new}. */
    private record JsonRead(String migration, String phase, @Nullable String read, String store, String why) {}

    private static JsonRead json(DataRead read) {
        DataMigration migration = read.migration();
        return new JsonRead(migration.name(), migration.phase().name(), migration.read(), read.store(), read.why());
    }

    private static JsonRule json(ExplainedRule rule) {
        return new JsonRule(
                rule.rule().id().key(),
                rule.rule().name(),
                rule.rule().tag(),
                rule.outcome().name().toLowerCase(Locale.ROOT),
                rule.why(),
                json(rule.clause()));
    }

    private static JsonClause json(Clause clause) {
        return new JsonClause(
                clause.text(),
                clause.holds(),
                clause.why(),
                clause.operands().stream().map(ExplainReport::json).toList());
    }

    private static JsonService json(ExplainedService service) {
        Destination destination = service.destination();
        Route route = destination.route();
        VersionPattern version = destination.version();
        return new JsonService(
                destination.service(),
                destination.application(),
                route == null ? null : route.tag(),
                version == null ? null : version.toString(),
                route == null ? null : route.fallback().name().toLowerCase(Locale.ROOT),
                destination.reserved().stream().map(VersionPattern::toString).toList(),
                service.outlook());
    }
}
