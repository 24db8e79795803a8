package io.grayrelease.dubbo.operations.fleet;

import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.utils.NetUtils;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.ServiceConfigBase;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.jspecify.annotations.Nullable;

import io.grayrelease.dubbo.context.GrayApplication;
import io.grayrelease.dubbo.context.ProviderVersions;
import io.grayrelease.zookeeper.Instance;

/** What the fleet is told of an application. */
public final class InstanceView {
    private InstanceView() {}

    static Instance of(ApplicationModel model) {
        GrayApplication application = GrayApplication.of(model);
        Instance.Builder instance = Instance.builder()
                .setApplication(application.name())
                .setAddress(address(model))
                .setVersion(version(model))
                .setSource(application.sourceName())
                .runningOn(application.repository().status());
        return (application.enabled() ? instance : instance.setStatus(Instance.Status.OFF)).build();
    }

    /** The versions of an application's services, or null if they have none. */
    public static @Nullable String version(ApplicationModel model) {
        TreeSet<String> versions = services(model)
                .map(ServiceConfigBase::getParameters)
                .filter(parameters -> parameters != null && parameters.containsKey(ProviderVersions.KEY))
                .map(parameters -> parameters.get(ProviderVersions.KEY))
                .collect(Collectors.toCollection(TreeSet::new));
        return versions.isEmpty() ? null : String.join(", ", versions);
    }

    /** Where its first service is found, or the host of a process that only calls. */
    private static String address(ApplicationModel model) {
        return services(model)
                .filter(service -> service instanceof ServiceConfig)
                .flatMap(service -> ((ServiceConfig<?>) service).getExportedUrls().stream())
                .filter(url -> url.getPort() > 0)
                .map(URL::getAddress)
                .findFirst()
                .orElseGet(NetUtils::getLocalHost);
    }

    private static Stream<ServiceConfigBase<?>> services(ApplicationModel model) {
        return model.getPubModuleModels().stream()
                .flatMap(module -> module.getConfigManager().getServices().stream())
                .map(service -> (ServiceConfigBase<?>) service);
    }
}
