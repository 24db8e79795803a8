package io.grayrelease.nginx.agent;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.nginx.drive.DriveException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code nginx-agent run}. */
@Command(
        name = "run",
        description = "Keeps Nginx on the policy until it is stopped; Nginx then goes on with what it has.")
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private NginxAgent command;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private SettingsOption settings;

    @Override
    public Integer call() throws IOException, SettingsException, DriveException, InterruptedException {
        RunningAgent agent = RunningAgent.start(settings.read(), command.drivers(), Clock.systemUTC());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(agent), "gray-nginx-shutdown"));
        new CountDownLatch(1).await();
        return NginxAgent.FINE;
    }

    private static void close(RunningAgent agent) {
        try {
            agent.close();
            LOG.info("gray: stopped, nginx goes on with what it has");
        } catch (IOException | RuntimeException e) {
            LOG.warn("gray: not stopped in order", e);
        }
    }
}
