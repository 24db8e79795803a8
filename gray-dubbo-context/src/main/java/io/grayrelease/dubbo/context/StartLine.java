package io.grayrelease.dubbo.context;

import java.util.Map;
import java.util.TreeSet;

import org.apache.dubbo.common.deploy.ModuleDeployListener;
import org.apache.dubbo.config.ServiceConfigBase;
import org.apache.dubbo.rpc.Filter;
import org.apache.dubbo.rpc.cluster.filter.ClusterFilter;
import org.apache.dubbo.rpc.cluster.router.state.StateRouterFactory;
import org.apache.dubbo.rpc.model.ModuleModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.policy.source.PolicyInForce;

/**
 * Says once that the extension is active, or which part of it is not: Dubbo passes over an extension class that cannot be
 * loaded (a newer Java, a missing dependency) without a word.
 */
public final class StartLine implements ModuleDeployListener {
    private static final Logger LOG = LoggerFactory.getLogger(StartLine.class);
    private static final String EXTENSION = "gray";

    @Override
    public void onStarted(ModuleModel module) {
        GrayApplication application = GrayApplication.of(module.getApplicationModel());
        if (module.isInternal() || !application.enabled()) {
            return;
        }
        String parts = "filter " + state(hasFilters(module)) + ", router " + state(hasRouter(module));
        String active = parts.equals("filter active, router active") ? "filter and router active" : parts;
        String version = "version of this service " + versions(module);
        if (application.policy() != null || application.hasSource()) {
            LOG.info(
                    "gray: {}, policy {}, from {}, {}", active, policy(application), application.sourceName(), version);
        } else {
            LOG.warn(
                    "gray: {}, but no policy source is configured (dubbo.gray.source, or Apollo's app.id and apollo.meta), {}",
                    active,
                    version);
        }
    }

    private static boolean hasFilters(ModuleModel module) {
        return module.getExtensionLoader(ClusterFilter.class).hasExtension(EXTENSION)
                && module.getExtensionLoader(Filter.class).hasExtension(EXTENSION);
    }

    private static boolean hasRouter(ModuleModel module) {
        return module.getApplicationModel()
                .getExtensionLoader(StateRouterFactory.class)
                .hasExtension(EXTENSION);
    }

    private static String state(boolean active) {
        return active ? "active" : "MISSING (its jar or a class that it needs is not there)";
    }

    private static String policy(GrayApplication application) {
        PolicyInForce policy = application.policy();
        return policy == null ? "none" : policy.policy().hash();
    }

    private static String versions(ModuleModel module) {
        TreeSet<String> versions = new TreeSet<>();
        for (ServiceConfigBase<?> service : module.getConfigManager().getServices()) {
            Map<String, String> parameters = service.getParameters();
            if (parameters != null && parameters.containsKey(ProviderVersions.KEY)) {
                versions.add(parameters.get(ProviderVersions.KEY));
            }
        }
        return versions.isEmpty() ? "none" : String.join(", ", versions);
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
