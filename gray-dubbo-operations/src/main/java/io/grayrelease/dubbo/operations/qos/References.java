package io.grayrelease.dubbo.operations.qos;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.registry.client.migration.MigrationInvoker;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.RpcContext;
import org.apache.dubbo.rpc.cluster.Directory;
import org.apache.dubbo.rpc.cluster.directory.AbstractDirectory;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.apache.dubbo.rpc.model.ConsumerModel;
import org.apache.dubbo.rpc.model.ModuleModel;

import io.grayrelease.dubbo.router.LiveProviders;

/** The services that an application calls, with the providers that Dubbo has for them, by registry. */
final class References {
    private References() {}

    /** Shows each of them, those that look the same once; valid only until the consumer returns, since Dubbo reads addresses in the light of their consumer. */
    static void forEach(ApplicationModel model, Consumer<LiveProviders<?>> show) {
        Set<String> seen = new HashSet<>();
        Consumer<LiveProviders<?>> showOnce = live -> {
            if (seen.add(live.service() + live.byVersion())) {
                show.accept(live);
            }
        };
        for (ModuleModel module : model.getPubModuleModels()) {
            for (ConsumerModel reference : module.getServiceRepository().getReferredServices()) {
                directories(reference).forEach(directory -> show(directory, showOnce));
            }
        }
    }

    /** Where Dubbo keeps them for its own commands. */
    private static List<Directory<?>> directories(ConsumerModel reference) {
        Object kept = reference.getServiceMetadata().getAttribute(CommonConstants.CURRENT_CLUSTER_INVOKER_KEY);
        List<Directory<?>> directories = new ArrayList<>();
        if (kept instanceof Map) {
            for (Object invoker : ((Map<?, ?>) kept).values()) {
                Directory<?> directory =
                        invoker instanceof MigrationInvoker ? ((MigrationInvoker<?>) invoker).getDirectory() : null;
                if (directory != null) {
                    directories.add(directory);
                }
            }
        }
        return directories;
    }

    private static <T> void show(Directory<T> directory, Consumer<LiveProviders<?>> show) {
        URL before = RpcContext.getServiceContext().getConsumerUrl();
        List<Invoker<T>> invokers = new ArrayList<>(alive(directory));
        try {
            RpcContext.getServiceContext().setConsumerUrl(directory.getConsumerUrl());
            show.accept(LiveProviders.of(directory.getConsumerUrl(), invokers));
        } finally {
            RpcContext.getServiceContext().setConsumerUrl(before);
        }
    }

    /** Without those that Dubbo cannot reach at the moment. */
    private static <T> List<Invoker<T>> alive(Directory<T> directory) {
        return directory instanceof AbstractDirectory
                ? ((AbstractDirectory<T>) directory).getValidInvokers()
                : directory.getAllInvokers();
    }
}
