package io.grayrelease.benchmarks;

import java.util.concurrent.TimeUnit;

import org.apache.dubbo.common.URL;
import org.apache.dubbo.rpc.Filter;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.Result;
import org.apache.dubbo.rpc.RpcContext;
import org.apache.dubbo.rpc.RpcInvocation;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import io.grayrelease.dubbo.filter.GrayConsumerFilter;
import io.grayrelease.dubbo.filter.GrayProviderFilter;

/**
 * Carrying tags through one service in the middle of a chain: it receives a tagged request (provider filter), and makes a
 * call for it (consumer filter).
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CarryingBenchmark {
    /** A thread that serves a tagged request. */
    @State(Scope.Thread)
    public static class Service {
        Application application;
        Invoker<EchoService> bare;
        Invoker<EchoService> filtered;
        RpcInvocation call;

        @Setup
        public void start() {
            application = new Application().policy(Policies.routes(10));
            bare = application.provider(1, "&gray.version=2.0.0");
            Invoker<EchoService> consuming = new Filtered(bare, new GrayConsumerFilter(application.model())::invoke);
            filtered = new Filtered(consuming, new GrayProviderFilter(application.model())::invoke);
            RpcContext.getServerAttachment().setAttachment("gray-tag", "T0");
            call = Application.call("gray-tag", "T0");
        }

        @TearDown
        public void stop() {
            RpcContext.removeContext();
            application.close();
        }
    }

    /** An invoker behind a filter, as Dubbo chains them. */
    private record Filtered(Invoker<EchoService> next, Step step) implements Invoker<EchoService> {
        /** {@link Filter#invoke}, which Dubbo has twice: for plain filters and for those of a cluster. */
        interface Step {
            Result invoke(Invoker<?> invoker, Invocation invocation);
        }

        @Override
        public Result invoke(Invocation invocation) {
            return step.invoke(next, invocation);
        }

        @Override
        public Class<EchoService> getInterface() {
            return EchoService.class;
        }

        @Override
        public URL getUrl() {
            return next.getUrl();
        }

        @Override
        public boolean isAvailable() {
            return next.isAvailable();
        }

        @Override
        public void destroy() {}
    }

    @Benchmark
    public Object without(Service service) {
        return service.bare.invoke(service.call);
    }

    @Benchmark
    public Object filters(Service service) {
        return service.filtered.invoke(service.call);
    }
}
