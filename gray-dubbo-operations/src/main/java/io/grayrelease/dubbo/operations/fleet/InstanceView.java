package io.grayrelease.dubbo.operations.fleet;

import java.util.List;
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
import io.grayrelease.policy.model.Problem;
import io.grayrelease.policy.source.PolicyInForce;
import io.grayrelease.policy.source.PolicyStatus;
import io.grayrelease.zookeeper.Instance;

/** What the fleet is told of an application. */
public final class InstanceView {
    /** A node is read by all tools, and ZooKeeper bounds its size; the application's log and QoS command have the rest. */
    private static final int MAX_PROBLEMS = 10;

    private static final int MAX_PROBLEM_LENGTH = 1_000;

    private InstanceView() {}

    static Instance of(ApplicationModel model) {
        GrayApplication application = GrayApplication.of(model);
        PolicyStatus status = application.repository().status();
        Instance.Builder instance = Instance.builder()
                .setApplication(application.name())
                .setAddress(address(model))
                .setVersion(version(model))
                .setSource(application.sourceName())
                .setStatus(application.enabled() ? word(status) : Instance.Status.OFF);
        PolicyInForce inForce = status.inForce();
        if (inForce != null) {
            instance.setPolicy(inForce.policy().hash()).setAcceptedAt(inForce.acceptedAt());
        }
        PolicyStatus.Rejection rejection = status.rejection();
        if (rejection != null) {
            instance.setRejected(rejection.hash())
                    .setRejectedAt(rejection.at())
                    .setProblems(problems(rejection.errors()));
        }
        return instance.build();
    }

    private static Instance.Status word(PolicyStatus status) {
        if (status.rejection() != null) {
            return Instance.Status.REJECTED;
        }
        if (status.inForce() == null) {
            return Instance.Status.NONE;
        }
        return status.fromDisk() ? Instance.Status.RESTORED : Instance.Status.ACCEPTED;
    }

    private static List<String> problems(List<Problem> problems) {
        return problems.stream()
                .limit(MAX_PROBLEMS)
                .map(Problem::toString)
                .map(line -> line.length() <= MAX_PROBLEM_LENGTH ? line : line.substring(0, MAX_PROBLEM_LENGTH) + "...")
                .collect(Collectors.toList());
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
