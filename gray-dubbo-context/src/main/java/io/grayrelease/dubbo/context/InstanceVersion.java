package io.grayrelease.dubbo.context;

import java.util.Collections;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.dubbo.metadata.MetadataInfo;
import org.apache.dubbo.registry.client.ServiceInstance;
import org.apache.dubbo.registry.client.ServiceInstanceCustomizer;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the version into the instance metadata under {@code /services} too, where agents outside Dubbo read it. An
 * instance has one entry: the version that all its services agree on, else that of the application.
 */
public final class InstanceVersion implements ServiceInstanceCustomizer {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceVersion.class);

    @Override
    public void customize(ServiceInstance instance, ApplicationModel model) {
        try {
            String version = version(instance, model);
            if (version != null) {
                instance.getMetadata().put(ProviderVersions.KEY, version);
            }
        } catch (RuntimeException e) {
            LOG.warn("gray: the version is not in the instance metadata of {}", instance.getServiceName(), e);
        }
    }

    private static @Nullable String version(ServiceInstance instance, ApplicationModel model) {
        GrayApplication application = GrayApplication.of(model);
        if (!application.enabled()) {
            return null;
        }
        Set<String> versions = serviceVersions(instance.getServiceMetadata());
        return versions.size() == 1
                ? versions.iterator().next()
                : ProviderVersions.of(
                        model.getApplicationConfigManager().getApplication().orElse(null), application.settings());
    }

    private static Set<String> serviceVersions(@Nullable MetadataInfo metadata) {
        return metadata == null
                ? Collections.emptySet()
                : metadata.getServices().values().stream()
                        .map(service -> service.getParameter(ProviderVersions.KEY))
                        .filter(version -> version != null && !version.isEmpty())
                        .collect(Collectors.toSet());
    }
}
