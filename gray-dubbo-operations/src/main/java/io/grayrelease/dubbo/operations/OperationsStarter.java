package io.grayrelease.dubbo.operations;

import org.apache.dubbo.common.deploy.ModuleDeployListener;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.apache.dubbo.rpc.model.ModuleModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.dubbo.operations.fleet.FleetMember;
import io.grayrelease.dubbo.operations.metrics.MetricsIfPresent;

/** Lets the application be seen once its services are there: its metrics, and itself among the fleet. */
public final class OperationsStarter implements ModuleDeployListener {
    private static final Logger LOG = LoggerFactory.getLogger(OperationsStarter.class);

    @Override
    public void onStarted(ModuleModel module) {
        if (module.isInternal()) {
            return;
        }
        ApplicationModel application = module.getApplicationModel();
        start("its metrics are not counted", () -> MetricsIfPresent.of(application));
        start("it is not shown among the fleet", () -> FleetMember.show(application));
    }

    /** What the service lacks a library for, or what fails, is left out; a service without it is no worse than before. */
    private static void start(String consequence, Runnable part) {
        try {
            part.run();
        } catch (LinkageError e) {
            LOG.info("gray: {}, a library for it is not there ({})", consequence, e.toString());
        } catch (RuntimeException e) {
            LOG.warn("gray: {}", consequence, e);
        }
    }

    @Override
    public void onInitialize(ModuleModel module) {}

    @Override
    public void onStarting(ModuleModel module) {}

    @Override
    public void onStopping(ModuleModel module) {}

    @Override
    public void onStopped(ModuleModel module) {}

    @Override
    public void onFailure(ModuleModel module, Throwable cause) {}
}
