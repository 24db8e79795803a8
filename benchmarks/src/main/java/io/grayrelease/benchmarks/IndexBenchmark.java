package io.grayrelease.benchmarks;

import java.util.concurrent.TimeUnit;

import org.apache.dubbo.rpc.Invoker;
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

/** Taking a new address list: the registry says so now and then, no call waits for it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class IndexBenchmark {
    @Param({"100", "1000", "10000"})
    int providers;

    private Application application;
    private BitList<Invoker<EchoService>> list;
    private StateRouter<EchoService> router;

    @Setup
    public void start() {
        application = new Application().policy(Policies.routes(10));
        list = application.providers(providers);
        router = application.grayRouter(list);
    }

    @TearDown
    public void stop() {
        application.close();
    }

    @Benchmark
    public Object index() {
        router.notify(list);
        return router;
    }
}
