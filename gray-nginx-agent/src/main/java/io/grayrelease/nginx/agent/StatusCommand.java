package io.grayrelease.nginx.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import io.grayrelease.nginx.drive.AgentLock;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nginx-agent status}. */
@Command(
        name = "status",
        description = "Tells whether an agent runs, and what Nginx runs on.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:An agent runs, and Nginx is on the policy that was published last.",
            "1:No agent runs, a policy was refused, or Nginx is not on the accepted one.",
            "2:The command line was not understood.",
            "3:The settings or the status cannot be read."
        })
final class StatusCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private SettingsOption settings;

    @Option(names = "--json", description = "For programs.")
    private boolean json;

    /** What programs get. */
    private record Report(boolean fine, boolean running, StatusJson status) {}

    @Override
    public Integer call() throws IOException, SettingsException {
        Path stateDir = settings.read().stateDir();
        StatusJson status = read(stateDir.resolve(StatusFile.NAME));
        boolean running = AgentLock.isHeld(stateDir);
        boolean fine = running && status.isFine();
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(StatusJson.write(new Report(fine, running, status)));
        } else {
            print(status, running, out);
        }
        out.flush();
        return fine ? NginxAgent.FINE : NginxAgent.NO;
    }

    private static StatusJson read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException(file + " is not there: no agent with these settings has run yet");
        }
        try {
            return StatusJson.read(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static void print(StatusJson status, boolean running, PrintWriter out) {
        line(out, "agent", running ? "runs, process " + status.pid() + ", since " + status.started() : "does not run");
        line(out, "driver", status.driver() + ", nginx " + status.nginx());
        line(
                out,
                "policy",
                or(status.accepted(), "none") + since(", accepted", status.acceptedAt())
                        + (Boolean.TRUE.equals(status.fromDisk()) ? ", back from disk" : "") + ", from "
                        + status.source());
        line(
                out,
                "nginx",
                status.revision() == null
                        ? "not known"
                        : "revision " + status.revision() + " with policy " + or(status.policy(), "none")
                                + since(", since", status.appliedAt()));
        if (status.error() != null) {
            line(out, "error", status.error() + since(", since", status.errorSince()));
        }
        if (status.rejected() != null) {
            line(out, "rejected", status.rejected() + since(", at", status.rejectedAt()));
            status.problems().forEach(problem -> line(out, "", problem));
        }
        status.warnings().forEach(warning -> line(out, "warning", warning));
        status.upstreams().forEach(upstream -> {
            line(out, upstream.name(), servers(upstream.baseline()));
            upstream.tags().forEach((tag, servers) -> line(out, "", tag + ": " + servers(servers)));
        });
    }

    private static void line(PrintWriter out, String name, String text) {
        out.println((name + " ".repeat(Math.max(1, 10 - name.length())) + text).replaceAll("\\p{Cntrl}", " "));
    }

    private static String servers(List<String> servers) {
        return servers.isEmpty() ? "nobody" : String.join(", ", servers);
    }

    private static String or(@Nullable String text, String other) {
        return text == null ? other : text;
    }

    private static String since(String words, @Nullable String time) {
        return time == null ? "" : words + " " + time;
    }
}
