package io.grayrelease.it;

import java.io.File;
import java.nio.file.Path;
import java.util.List;

import org.apache.curator.test.TestingServer;
import org.apache.dubbo.config.ServiceConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Users who build from Dubbo's modules are served as well as those who use the one jar. */
class ModuleArtifactsTest {
    @Test
    void theOneDubboJar_isNotOnThisClassPath() {
        assertThat(ServiceConfig.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .contains("dubbo-config-api");
        assertThat(System.getProperty("java.class.path").split(File.pathSeparator))
                .noneMatch(entry -> Path.of(entry).getFileName().toString().matches("dubbo-3\\.[0-9.]+\\.jar"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"interface", "instance"})
    void chain_isGrayForTestersOnly(String mode, @TempDir Path folder) throws Exception {
        try (TestingServer zooKeeper = new TestingServer(true);
                Chain chain = new Chain(zooKeeper.getConnectString(), folder, mode, "dubbo")) {
            chain.write("rule.1-a", "uid == 7 => T", "route.T", "*:2.0.0");
            chain.stock("1.0.0").stock("2.0.0").order("1.0.0").order("2.0.0").consumer();
            chain.awaitPaths(List.of("order 1.0.0 > stock 1.0.0")::equals);

            chain.awaitPaths(List.of("order 2.0.0 > stock 2.0.0")::equals, "uid", "7");
        }
    }
}
