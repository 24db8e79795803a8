package io.grayrelease.nginx.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import io.grayrelease.nginx.drive.DriveException;
import io.grayrelease.nginx.drive.NginxDriver;
import io.grayrelease.nginx.model.ServiceUpstream;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Problem;
import io.grayrelease.policy.source.PolicyInForce;
import io.grayrelease.policy.source.PolicyRepository;
import io.grayrelease.policy.source.PolicySource;
import io.grayrelease.policy.source.PolicyStatus;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code nginx-agent check}. */
@Command(
        name = "check",
        description =
                "Reads the settings, the policy and the servers once, and tells what would be done; changes nothing.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The driver can do all of it. What nginx.conf says is not looked at: the agent tests it.",
            "1:The settings are wrong, or the policy is, or asks for what this driver cannot do.",
            "2:The command line was not understood.",
            "3:The settings, the policy or ZooKeeper cannot be read."
        })
final class CheckCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private NginxAgent agent;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private SettingsOption option;

    @Override
    public Integer call() throws IOException, SettingsException, DriveException {
        AgentSettings settings = option.read();
        PrintWriter out = command.commandLine().getOut();
        Path configuration = settings.nginx().configuration();
        if (!Files.exists(configuration)) {
            throw new IOException(
                    "nginx.conf: found no file " + configuration + ", expected Nginx's main configuration");
        }
        out.println(option.file() + ": fine");
        try (NginxDriver driver = agent.drivers().open(settings)) {
            return check(settings, driver, out);
        } finally {
            out.flush();
        }
    }

    private static int check(AgentSettings settings, NginxDriver driver, PrintWriter out) throws IOException {
        out.println("driver " + driver.name() + ", nginx "
                + AgentIdentity.of(settings, "", Clock.systemUTC().instant()).nginx());
        driver.warnings().forEach(warning -> out.println("warning: " + warning));
        PolicyStatus status = policy(settings);
        PolicyInForce inForce = status.inForce();
        GrayPolicy policy = inForce == null ? null : inForce.policy();
        List<Problem> problems = problems(status, policy, driver);
        print(settings, status, policy, out);
        problems.forEach(problem -> out.println("error: " + problem));
        for (ServiceUpstream upstream : ServersNow.of(settings).chosen(policy)) {
            out.println(upstream.name() + ": " + servers(upstream.baseline()));
            new TreeMap<>(upstream.tags()).forEach((tag, servers) -> out.println("  " + tag + ": " + servers(servers)));
        }
        return problems.isEmpty() ? NginxAgent.FINE : NginxAgent.NO;
    }

    private static PolicyStatus policy(AgentSettings settings) {
        ApolloProperties.set(settings);
        PolicyRepository repository = PolicyRepository.inMemory(Clock.systemUTC());
        try (PolicySource source = settings.source()) {
            source.start(repository);
        }
        return repository.status();
    }

    private static List<Problem> problems(PolicyStatus status, @Nullable GrayPolicy policy, NginxDriver driver) {
        PolicyStatus.Rejection rejection = status.rejection();
        if (rejection != null) {
            return rejection.errors();
        }
        return policy == null ? List.of() : driver.unsupported(policy);
    }

    private static void print(AgentSettings settings, PolicyStatus status, @Nullable GrayPolicy policy, PrintWriter out)
            throws IOException {
        try (PolicySource source = settings.source()) {
            if (policy == null && status.rejection() == null) {
                throw new IOException("no policy could be read: " + source.name());
            }
            out.println(
                    policy == null
                            ? "policy refused, from " + source.name()
                            : "policy " + policy.hash() + (policy.on() ? "" : ", switched off") + ", from "
                                    + source.name() + ": " + policy.rules().size() + " rules, "
                                    + policy.routes().size() + " routes");
        }
        status.warnings().forEach(warning -> out.println("warning: " + warning));
    }

    private static String servers(List<String> servers) {
        return servers.isEmpty() ? "nobody" : String.join(", ", servers);
    }
}
