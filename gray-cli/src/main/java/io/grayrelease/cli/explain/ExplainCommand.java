package io.grayrelease.cli.explain;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import io.grayrelease.cli.Output;
import io.grayrelease.cli.TimeConverter;
import io.grayrelease.cli.Verdict;
import io.grayrelease.cli.check.CheckReport;
import io.grayrelease.cli.fleet.ZooKeeperOption;
import io.grayrelease.cli.text.PolicyText;
import io.grayrelease.cli.text.UnreadableException;
import io.grayrelease.policy.decide.DataRead;
import io.grayrelease.policy.decide.Explanation;
import io.grayrelease.policy.decide.PolicyExplainer;
import io.grayrelease.policy.decide.WrittenRequest;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Tags;
import io.grayrelease.zookeeper.providers.Provider;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code grayctl explain}. */
@Command(
        name = "explain",
        description =
                "Tells which tags a request gets and why: every rule, every part of its condition, the version"
                        + " of each service that the tags mean, and the store that each migration of data has it read. With --zookeeper also who is alive, and whether the call falls back.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Explained, whatever the tags are.",
            "1:Services would reject the policy; its problems are shown.",
            "2:The command line was not understood.",
            "3:The policy cannot be read, or ZooKeeper cannot be reached."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  grayctl explain --policy policy.properties uid=10086",
            "  grayctl explain --policy policy.properties uid=10086 header.x-app=ios \\",
            "      --service com.acme.OrderService --service com.acme.StockService@stock-app",
            "  grayctl explain --policy policy.properties uid=10086 --at 2026-11-11T08:00:00+08:00",
            "  grayctl explain --policy policy.properties uid=10086 --zookeeper zk1:2181 \\",
            "      --service com.acme.OrderService",
            "",
            "Values of a request are written as name=value. The names are uid, token, ip, caller, service,",
            "method, header.NAME, cookie.NAME, param.NAME, attachment.NAME, and arg.0 or arg.0.customer.level;",
            "what is not given is missing."
        })
public final class ExplainCommand implements Callable<Integer> {
    @Mixin
    private final Output output = new Output();

    @Option(
            names = {"-p", "--policy"},
            required = true,
            paramLabel = "POLICY",
            description = "The policy: " + PolicyText.FORMS + ".")
    @SuppressWarnings("NullAway.Init") // required
    private PolicyText place;

    @Option(
            names = {"-s", "--service"},
            paramLabel = "SERVICE",
            converter = Service.Converter.class,
            description = "A service to tell the version of: its interface, or INTERFACE@APPLICATION where routes name"
                    + " applications. May be repeated.")
    private final List<Service> services = new ArrayList<>();

    @Mixin
    private final ZooKeeperOption zooKeeper = new ZooKeeperOption();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "The time that rules with now look at, as in 2026-11-11T00:00:00+08:00; the default is now.")
    private @Nullable Instant time;

    @Parameters(paramLabel = "NAME=VALUE", description = "The values of the request.")
    private final List<String> request = new ArrayList<>();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Override
    public Integer call() throws UnreadableException {
        WrittenRequest written = written();
        Verdict verdict = Verdict.of(place);
        GrayPolicy policy = verdict.policy();
        if (policy == null) {
            return output.show(new CheckReport(List.of(verdict)));
        }
        Clock clock = time == null ? Clock.systemUTC() : Clock.fixed(time, ZoneOffset.UTC);
        Explanation explanation = PolicyExplainer.of(policy, clock).explain(written);
        List<Provider> providers = zooKeeper.providers();
        Tags tags = explanation.decision().tags();
        List<ExplainedService> explained = services.stream()
                .map(service -> ExplainedService.of(policy, tags, service, providers))
                .toList();
        List<DataRead> reads = policy.migrations().values().stream()
                .map(migration -> DataRead.of(migration, policy.on(), tags))
                .toList();
        return output.show(new ExplainReport(verdict.document().place(), explanation, explained, reads));
    }

    /** Not by a converter: of an optional argument, picocli would not tell what is wrong. */
    private WrittenRequest written() {
        try {
            return WrittenRequest.parse(request);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
