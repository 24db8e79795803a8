package io.grayrelease.demo;

import java.nio.file.Path;
import java.util.List;

/**
 * Where the processes of the demo find ZooKeeper and Apollo.
 *
 * @param zooKeeper {@code host:port}
 * @param apollo the URL of the meta server
 * @param appId the Apollo application that the processes are
 * @param namespace the Apollo namespace with the policy
 */
public record Servers(String zooKeeper, String apollo, String appId, String namespace) {
    /** What Java is told for a process that reads the policy; its caches go to a folder. */
    public List<String> options(String name, Path folder) {
        return List.of(
                "-Dapp.id=" + appId,
                "-Denv=DEV",
                "-Dapollo.meta=" + apollo,
                "-Dapollo.cache-dir=" + folder.resolve(name + "-apollo"),
                "-Dapollo.longPollingInitialDelayInMills=0",
                "-Ddubbo.gray.namespace=" + namespace,
                "-Ddubbo.gray.cache-dir=" + folder.resolve(name + "-gray"),
                "-Ddubbo.service.shutdown.wait=500");
    }
}
