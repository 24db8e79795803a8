package io.grayrelease.benchmarks;

import java.util.concurrent.TimeUnit;

import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.RpcInvocation;
import org.apache.dubbo.rpc.cluster.router.state.BitList;
import org.apache.dubbo.rpc.cluster.router.state.StateRouter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Narrowing the providers of one call. Dubbo hands every call a clone of its list, so that is the floor, and each of the
 * others clones first.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RoutingBenchmark {
    /** The address list. */
    @State(Scope.Benchmark)
    public static class Providers {
        @Param({"10", "100", "1000", "10000"})
        int providers;

        Application application;
        BitList<Invoker<EchoService>> list;

        @Setup
        public void start() {
            application = new Application();
            list = application.providers(providers);
        }

        @TearDown
        public void stop() {
            application.close();
        }

        BitList<Invoker<EchoService>> route(StateRouter<EchoService> router, RpcInvocation call) {
            return router.route(list.clone(), application.consumerUrl(), call, false, null);
        }

        /** That the right ones are left, before their speed is measured. */
        void check(StateRouter<EchoService> router, RpcInvocation call, int expected) {
            int left = route(router, call).size();
            if (left != expected) {
                throw new IllegalStateException(left + " providers are left, expected " + expected);
            }
        }
    }

    /** Our router. */
    @State(Scope.Benchmark)
    public static class Gray {
        @Param({"1", "10", "1000"})
        int routes;

        StateRouter<EchoService> router;
        final RpcInvocation tagged = Application.call("gray-tag", "T0");
        final RpcInvocation untagged = Application.call();

        @Setup
        public void start(Providers providers) {
            router = providers.application.policy(Policies.routes(routes)).grayRouter(providers.list);
            providers.check(router, tagged, providers.providers / 10);
            providers.check(router, untagged, providers.providers - providers.providers / 10);
        }
    }

    /** Dubbo's tag router. */
    @State(Scope.Benchmark)
    public static class Tag {
        StateRouter<EchoService> router;
        final RpcInvocation tagged = Application.call("dubbo.tag", "gray");
        final RpcInvocation untagged = Application.call();

        @Setup
        public void start(Providers providers) {
            router = providers.application.tagRouter();
            providers.check(router, tagged, providers.providers / 10);
            providers.check(router, untagged, providers.providers - providers.providers / 10);
        }
    }

    @Benchmark
    public Object cloneOnly(Providers providers) {
        return providers.list.clone();
    }

    @Benchmark
    public Object dubboTagged(Providers providers, Tag tag) {
        return providers.route(tag.router, tag.tagged);
    }

    @Benchmark
    public Object dubboUntagged(Providers providers, Tag tag) {
        return providers.route(tag.router, tag.untagged);
    }

    @Benchmark
    public Object grayTagged(Providers providers, Gray gray) {
        return providers.route(gray.router, gray.tagged);
    }

    @Benchmark
    public Object grayUntagged(Providers providers, Gray gray) {
        return providers.route(gray.router, gray.untagged);
    }
}
