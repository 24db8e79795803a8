package io.grayrelease.dubbo.context;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.rpc.RpcContext;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.alibaba.ttl.TransmittableThreadLocal;
import com.alibaba.ttl.TtlCallable;
import com.alibaba.ttl.TtlRunnable;
import com.alibaba.ttl.threadpool.TtlExecutors;

import static io.grayrelease.dubbo.context.OtherThreads.GRAY;
import static io.grayrelease.dubbo.context.OtherThreads.OTHER;
import static io.grayrelease.dubbo.context.OtherThreads.leftOn;
import static io.grayrelease.dubbo.context.OtherThreads.serve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GrayTransmitteeTest {
    private final ExecutorService bare = Executors.newSingleThreadExecutor();
    private final ExecutorService ttl = TtlExecutors.getTtlExecutorService(bare);
    private final Callable<GrayContext> current = GrayContext::current;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        System.setProperty(GraySettings.SOURCE, "file:" + Files.createFile(folder.resolve("gray-policy.properties")));
        System.setProperty(GraySettings.CACHE_DIR, folder.toString());
        FrameworkModel framework = new FrameworkModel();
        try {
            ApplicationModel model = framework.newApplication();
            model.getApplicationConfigManager().setApplication(new ApplicationConfig(model, "order-app"));
            GrayStarter starter = new GrayStarter(model.getDefaultModule());
            starter.postProcessReferConfig(new ReferenceConfig<>(model.getDefaultModule()));
            starter.postProcessReferConfig(new ReferenceConfig<>(model.getDefaultModule()));
        } finally {
            framework.destroy();
            System.clearProperty(GraySettings.SOURCE);
            System.clearProperty(GraySettings.CACHE_DIR);
        }
    }

    @AfterEach
    void clean() {
        bare.shutdownNow();
        RpcContext.removeContext();
    }

    @Test
    void ttlExecutor_carriesWhatIsOpened_andLeavesNothing() throws Exception {
        try (GrayContext.Scope scope = GrayContext.open(GRAY)) {
            assertThat(ttl.submit(current).get()).isEqualTo(GRAY);
            assertThat(ttl.invokeAll(List.of(current)).get(0).get()).isEqualTo(GRAY);
            assertThat(CompletableFuture.supplyAsync(GrayContext::current, ttl).get())
                    .isEqualTo(GRAY);
        }
        assertThat(leftOn(bare)).isEqualTo(GrayContext.NONE);
        assertThat(ttl.submit(current).get()).isEqualTo(GrayContext.NONE);
    }

    @Test
    void ttlExecutor_carriesTheServedRequest_andNotThoseAfterIt() throws Exception {
        serve();
        assertThat(ttl.submit(current).get()).isEqualTo(GRAY);
        RpcContext.removeContext();
        assertThat(ttl.submit(current).get()).isEqualTo(GrayContext.NONE);
        assertThat(leftOn(bare)).isEqualTo(GrayContext.NONE);
    }

    @Test
    void ttlTasks_carryTheContextOfTheirMaking() throws Exception {
        TtlRunnable runnable;
        TtlCallable<GrayContext> callable;
        GrayContext[] seen = new GrayContext[1];
        try (GrayContext.Scope scope = GrayContext.open(GRAY)) {
            runnable = TtlRunnable.get(() -> seen[0] = GrayContext.current());
            callable = TtlCallable.get(current);
        }
        bare.submit(runnable).get();
        assertThat(seen[0]).isEqualTo(GRAY);
        assertThat(bare.submit(callable).get()).isEqualTo(GRAY);
        assertThat(leftOn(bare)).isEqualTo(GrayContext.NONE);
    }

    @Test
    void ttlTask_onAThreadThatIsBusyWithAnotherRequest_givesThatBack() throws Exception {
        TtlCallable<GrayContext> callable;
        try (GrayContext.Scope scope = GrayContext.open(OTHER)) {
            callable = TtlCallable.get(current);
        }
        serve(); // as CallerRunsPolicy does it
        assertThat(callable.call()).isEqualTo(OTHER);
        assertThat(GrayContext.current()).isEqualTo(GRAY);
        RpcContext.removeContext();
        assertThat(GrayContext.current()).as("the served request is over").isEqualTo(GrayContext.NONE);

        try (GrayContext.Scope scope = GrayContext.open(GRAY)) {
            assertThat(callable.call()).isEqualTo(OTHER);
            assertThat(GrayContext.current()).isEqualTo(GRAY);
        }
    }

    @Test
    void failingTask_leavesNothing() throws Exception {
        Callable<Object> failing = () -> {
            throw new IllegalStateException("on purpose");
        };
        try (GrayContext.Scope scope = GrayContext.open(GRAY)) {
            assertThatThrownBy(() -> ttl.submit(failing).get()).hasRootCauseMessage("on purpose");
        }
        assertThat(leftOn(bare)).isEqualTo(GrayContext.NONE);
    }

    @Test
    void runWithClear_hidesTheRequest() {
        try (GrayContext.Scope scope = GrayContext.open(GRAY)) {
            assertThat(TransmittableThreadLocal.Transmitter.runSupplierWithClear(GrayContext::current))
                    .isEqualTo(GrayContext.NONE);
            assertThat(GrayContext.current()).isEqualTo(GRAY);
        }
    }

    @Test
    void withoutTtlAndMicrometer_nothingIsMissed() throws Exception {
        try (Without loader = new Without("com.alibaba.ttl.", "io.micrometer.")) {
            Class<?> transmittee = loader.loadClass(GrayTransmittee.class.getName());
            var register = transmittee.getDeclaredMethod("registerIfPresent");
            register.setAccessible(true);
            register.invoke(null);
            register.invoke(null);

            Class<?> context = loader.loadClass(GrayContext.class.getName());
            assertThat(context.getClassLoader()).isSameAs(loader);
            assertThat(context.getMethod("current").invoke(null))
                    .isEqualTo(context.getField("NONE").get(null));
        }
    }

    /** The class path without some packages. */
    private static final class Without extends URLClassLoader {
        private final String[] hidden;

        Without(String... hidden) throws Exception {
            super(urls(), ClassLoader.getPlatformClassLoader());
            this.hidden = hidden;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            for (String prefix : hidden) {
                if (name.startsWith(prefix)) {
                    throw new ClassNotFoundException(name);
                }
            }
            return super.findClass(name);
        }

        private static URL[] urls() throws Exception {
            String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            List<URL> urls = new ArrayList<>();
            for (String entry : classPath.split(File.pathSeparator, -1)) {
                urls.add(Path.of(entry).toUri().toURL());
            }
            return urls.toArray(URL[]::new);
        }
    }
}
