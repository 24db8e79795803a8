package io.grayrelease.gateway.triple;

import org.apache.dubbo.common.extension.Activate;
import org.apache.dubbo.config.ConfigPostProcessor;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.rpc.model.ModuleModel;

/** Reads the settings before the first service is exported or referred to: a wrong one fails the start, not the calls. */
@Activate
public final class EntryStarter implements ConfigPostProcessor {
    private final ModuleModel module;

    public EntryStarter(ModuleModel module) {
        this.module = module;
    }

    @Override
    @SuppressWarnings("rawtypes") // Dubbo's signature
    public void postProcessReferConfig(ReferenceConfig reference) {
        read();
    }

    @Override
    @SuppressWarnings("rawtypes") // Dubbo's signature
    public void postProcessServiceConfig(ServiceConfig service) {
        read();
    }

    private void read() {
        if (!module.isInternal()) {
            TripleEntry.of(module.getApplicationModel());
        }
    }
}
