package io.grayrelease.gateway.triple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ProtocolConfig;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.demo.servers.FreePorts;
import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.policy.model.Tags;

import static org.assertj.core.api.Assertions.assertThat;

/** A Dubbo consumer of our own calls a Triple port that serves outside callers too. */
class SigningFilterTest {
    private static final String OLD = "the old key of at least thirty-two bytes";
    private static final String NEW = "the new key of at least thirty-two bytes";

    @TempDir
    Path folder;

    private final FrameworkModel providers = new FrameworkModel();
    private final FrameworkModel consumers = new FrameworkModel();

    @AfterEach
    void stop() {
        consumers.destroy();
        providers.destroy();
    }

    @Test
    void signedTags_areBelieved_whileKeysAreChangedToo() throws Exception {
        Attached service =
                connect(Map.of("dubbo.gray.signing-keys", OLD + "," + NEW), Map.of("dubbo.gray.signing-keys", NEW));

        assertThat(call(service)).contains("gray-tag=T", "gray-uid=7").doesNotContain("gray-sig");
    }

    @Test
    void tagsThatNobodySigned_areNot() throws Exception {
        Attached service = connect(Map.of("dubbo.gray.signing-keys", OLD), Map.of());

        assertThat(call(service)).contains("gray-tag=-").doesNotContain("gray-tag=T");
    }

    @Test
    void tagsSignedByAnotherKey_areNot() throws Exception {
        Attached service = connect(Map.of("dubbo.gray.signing-keys", OLD), Map.of("dubbo.gray.signing-keys", NEW));

        assertThat(call(service)).contains("gray-tag=-").doesNotContain("gray-tag=T");
    }

    private static String call(Attached service) {
        try (GrayContext.Scope scope = GrayContext.open(GrayContext.decided(Tags.of("T"), "7"))) {
            return service.attached("x");
        }
    }

    private Attached connect(Map<String, String> edge, Map<String, String> consumer) throws IOException {
        Files.write(
                folder.resolve("policy.properties"), List.of("gray.rule.1-a = uid == 99 => T", "gray.route.T = a:1"));
        int port = FreePorts.next();
        ServiceConfig<Attached> service = new ServiceConfig<>();
        service.setInterface(Attached.class);
        service.setRef(new AttachedService());
        Map<String, String> settings = new TreeMap<>(edge);
        settings.put("dubbo.gray.entry", "edge");
        application(providers, "edge-app", settings)
                .protocol(new ProtocolConfig("tri", port))
                .service(service)
                .start();

        ReferenceConfig<Attached> reference = new ReferenceConfig<>();
        reference.setInterface(Attached.class);
        reference.setUrl("tri://127.0.0.1:" + port);
        application(consumers, "inner-app", consumer).reference(reference).start();
        return reference.get();
    }

    private DubboBootstrap application(FrameworkModel framework, String name, Map<String, String> settings) {
        ApplicationConfig application = new ApplicationConfig(name);
        application.setQosEnable(false);
        application.setEnableFileCache(false);
        Map<String, String> all = new TreeMap<>(settings);
        all.put("dubbo.gray.source", "file:" + folder.resolve("policy.properties"));
        all.put("dubbo.gray.cache-dir", folder.resolve(name).toString());
        DubboBootstrap bootstrap = DubboBootstrap.newInstance(framework);
        bootstrap.application(application).registry(new RegistryConfig("N/A"));
        bootstrap.getApplicationModel().modelEnvironment().updateAppExternalConfigMap(all);
        return bootstrap;
    }
}
