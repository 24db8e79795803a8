package io.grayrelease.benchmarks.nginx;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.grayrelease.nginx.agent.AgentSettings;
import io.grayrelease.nginx.agent.AgentSettings.Driver;
import io.grayrelease.nginx.agent.InstalledDrivers;
import io.grayrelease.nginx.agent.SettingsException;
import io.grayrelease.nginx.agent.UpstreamSettings;
import io.grayrelease.nginx.drive.DriveException;
import io.grayrelease.nginx.drive.NginxDriver;
import io.grayrelease.nginx.model.EdgeModel;
import io.grayrelease.nginx.model.Server;
import io.grayrelease.nginx.model.ServiceUpstream;
import io.grayrelease.policy.model.GrayPolicy;

/** An Nginx with two workers that clients talk to: one that only passes on, or one that a driver keeps on a policy. */
final class Front implements AutoCloseable {
    private static final int WORKERS = 2;

    private final FrontPlan plan;
    private final NginxServer nginx;
    private final @Nullable AgentSettings settings;
    private final @Nullable NginxDriver driver;

    private Front(FrontPlan plan, NginxServer nginx, @Nullable AgentSettings settings, @Nullable NginxDriver driver) {
        this.plan = plan;
        this.nginx = nginx;
        this.settings = settings;
        this.driver = driver;
    }

    /** Starts it; one with a driver serves the policy at the given percentage then. */
    static Front start(FrontPlan plan, int percent)
            throws IOException, InterruptedException, SettingsException, DriveException {
        NginxServer.configure(plan.binary(), plan.folder(), WORKERS, plan.main(), plan.http());
        Driver kind = plan.driver();
        if (kind == null) {
            return new Front(plan, NginxServer.start(plan.binary(), plan.folder(), plan.port()), null, null);
        }
        Files.createDirectories(plan.runFolder());
        AgentSettings settings = AgentSettings.read(
                Files.writeString(plan.folder().resolve("driver.properties"), plan.settings("source = file:/none")));
        NginxDriver driver = new InstalledDrivers().open(settings);
        EdgeModel model = model(settings, percent);
        DriveException before = prepare(driver, model);
        try {
            NginxServer nginx = NginxServer.start(plan.binary(), plan.folder(), plan.port());
            driver.recover();
            driver.apply(model);
            return new Front(plan, nginx, settings, driver);
        } catch (IOException | DriveException e) {
            if (before != null) {
                e.addSuppressed(before);
            }
            throw e;
        }
    }

    /** An Nginx cannot start before its includes are there; what a driver said that missed one that runs. */
    private static @Nullable DriveException prepare(NginxDriver driver, EdgeModel model) {
        try {
            driver.recover();
            driver.apply(model);
            return null;
        } catch (DriveException e) {
            return e;
        }
    }

    private static EdgeModel model(AgentSettings settings, int percent) {
        UpstreamSettings web = settings.upstreams().get(0);
        Set<Server> servers = web.servers();
        GrayPolicy policy = EdgePolicy.of(percent);
        return new EdgeModel(policy, settings.sources(), List.of(ServiceUpstream.of(policy, web.target(), servers)));
    }

    FrontPlan plan() {
        return plan;
    }

    /** What its driver is to apply for a percentage. */
    EdgeModel model(int percent) {
        return model(required(settings), percent);
    }

    /** Of a front that has one. */
    NginxDriver driver() {
        return required(driver);
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a plain front has no driver");
        }
        return value;
    }

    /** How long the agent waits after a change of this Nginx before it makes the next, unless told otherwise. */
    Duration defaultGap() {
        return plan.driver() == Driver.NATIVE ? required(settings).minInterval() : Duration.ZERO;
    }

    /** {@code nginx -s reload}, nothing else. */
    void reload() throws DriveException {
        nginx.program().reload();
    }

    @Override
    public void close() {
        if (driver != null) {
            driver.close();
        }
        nginx.close();
    }
}
