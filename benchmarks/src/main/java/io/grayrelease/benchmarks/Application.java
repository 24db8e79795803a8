package io.grayrelease.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.url.component.DubboServiceAddressURL;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.RpcInvocation;
import org.apache.dubbo.rpc.cluster.router.state.BitList;
import org.apache.dubbo.rpc.cluster.router.state.StateRouter;
import org.apache.dubbo.rpc.cluster.router.state.TailStateRouter;
import org.apache.dubbo.rpc.cluster.router.tag.TagStateRouter;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.apache.dubbo.rpc.model.FrameworkModel;

import io.grayrelease.dubbo.context.GrayApplication;
import io.grayrelease.dubbo.router.GrayStateRouterFactory;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.source.PolicyInForce;

/** One Dubbo application that consumes {@link EchoService}, with Dubbo's real classes and without a network. */
final class Application implements AutoCloseable {
    static final String SERVICE = EchoService.class.getName();

    private final FrameworkModel framework = new FrameworkModel();
    private final ApplicationModel model = framework.newApplication();
    private final Path folder;
    private final URL consumerUrl;

    Application() {
        try {
            folder = Files.createTempDirectory("gray-bench");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        model.getApplicationConfigManager().setApplication(new ApplicationConfig("consumer-app"));
        model.modelEnvironment().updateExternalConfigMap(Map.of("dubbo.gray.cache-dir", folder.toString()));
        String url = "consumer://127.0.0.1/" + SERVICE + "?interface=" + SERVICE + "&application=consumer-app";
        consumerUrl = URL.valueOf(url).setScopeModel(model.getDefaultModule());
    }

    ApplicationModel model() {
        return model;
    }

    URL consumerUrl() {
        return consumerUrl;
    }

    /** Puts a policy in force, as a source would. */
    Application policy(Snapshot snapshot) {
        GrayApplication gray = GrayApplication.of(model);
        gray.repository().offer(snapshot);
        PolicyInForce inForce = gray.policy();
        if (inForce == null || !inForce.policy().hash().equals(snapshot.hash())) {
            throw new IllegalStateException("not accepted: " + gray.repository().status());
        }
        return this;
    }

    /** Every tenth provider is gray: by our version, and by Dubbo's tag. */
    BitList<Invoker<EchoService>> providers(int count) {
        List<Invoker<EchoService>> providers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            providers.add(provider(i, i % 10 == 0 ? "&gray.version=2.0.0&dubbo.tag=gray" : "&gray.version=1.0.0"));
        }
        return new BitList<>(providers);
    }

    Provider provider(int number, String parameters) {
        String host = "10.0." + number / 250 + "." + number % 250;
        String registered = "dubbo://" + host + ":20880/" + SERVICE + "?interface=" + SERVICE + "&application=echo-app"
                + parameters;
        return Provider.at(DubboServiceAddressURL.valueOf(URL.encode(registered), consumerUrl));
    }

    /** Our router as Dubbo makes it, at the end of its chain. */
    StateRouter<EchoService> grayRouter(BitList<Invoker<EchoService>> providers) {
        StateRouter<EchoService> router = new GrayStateRouterFactory().getRouter(EchoService.class, consumerUrl);
        router.setNextRouter(TailStateRouter.getInstance());
        router.notify(providers);
        return router;
    }

    /** Dubbo's own tag router. It has no rule, so it reads the tags that the providers registered. */
    StateRouter<EchoService> tagRouter() {
        StateRouter<EchoService> router = new TagStateRouter<>(consumerUrl);
        router.setNextRouter(TailStateRouter.getInstance());
        return router;
    }

    static RpcInvocation call(String... attachments) {
        RpcInvocation call = new RpcInvocation(
                null, "echo", SERVICE, SERVICE, new Class<?>[] {String.class}, new Object[] {"hello"});
        for (int i = 0; i < attachments.length; i += 2) {
            call.setAttachment(attachments[i], attachments[i + 1]);
        }
        return call;
    }

    @Override
    public void close() {
        framework.destroy();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
