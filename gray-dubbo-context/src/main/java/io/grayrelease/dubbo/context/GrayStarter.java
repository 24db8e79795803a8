package io.grayrelease.dubbo.context;

import java.util.HashMap;
import java.util.Map;

import org.apache.dubbo.common.extension.Activate;
import org.apache.dubbo.config.ConfigPostProcessor;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.rpc.model.ModuleModel;

/**
 * Starts gray releases before the first service is exported or referred to, and gives every service its version. Dubbo
 * lets errors of this hook fail the start, unlike those of its listeners: wrong settings must.
 */
@Activate
public final class GrayStarter implements ConfigPostProcessor {
    private final ModuleModel module;

    public GrayStarter(ModuleModel module) {
        this.module = module;
    }

    @Override
    @SuppressWarnings("rawtypes") // Dubbo's signature
    public void postProcessReferConfig(ReferenceConfig reference) {
        if (!module.isInternal()) {
            start();
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // Dubbo's signature
    public void postProcessServiceConfig(ServiceConfig service) {
        if (!module.isInternal()) {
            register((ServiceConfig<?>) service, start());
        }
    }

    private GrayApplication start() {
        GrayApplication application = GrayApplication.of(module.getApplicationModel());
        application.start();
        if (application.enabled()) {
            GrayTransmittee.registerIfPresent();
        }
        return application;
    }

    private static void register(ServiceConfig<?> service, GrayApplication application) {
        String version = application.enabled() ? ProviderVersions.of(service, application.settings()) : null;
        if (version != null) {
            Map<String, String> parameters =
                    service.getParameters() == null ? new HashMap<>() : new HashMap<>(service.getParameters());
            parameters.put(ProviderVersions.KEY, version);
            service.setParameters(parameters);
        }
    }
}
