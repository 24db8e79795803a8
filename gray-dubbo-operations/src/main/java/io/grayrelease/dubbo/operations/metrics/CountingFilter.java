package io.grayrelease.dubbo.operations.metrics;

import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.common.extension.Activate;
import org.apache.dubbo.rpc.Filter;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.Result;
import org.apache.dubbo.rpc.RpcContext;
import org.apache.dubbo.rpc.RpcException;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.jspecify.annotations.Nullable;

import io.grayrelease.dubbo.context.RouteOutcome;
import io.grayrelease.dubbo.router.ProviderKind;

/** Counts and times calls by the provider that they go to; each try of a call that is tried again counts. */
@Activate(group = CommonConstants.CONSUMER)
public final class CountingFilter implements Filter {
    private final @Nullable GrayMetrics metrics;

    public CountingFilter(ApplicationModel model) {
        this.metrics = MetricsIfPresent.of(model);
    }

    @Override
    public Result invoke(Invoker<?> invoker, Invocation invocation) throws RpcException {
        CallMeters meters = metrics == null ? null : metrics.guarded(() -> called(metrics, invoker, invocation));
        if (metrics == null || meters == null) {
            return invoker.invoke(invocation);
        }
        long start = System.nanoTime();
        try {
            return invoker.invoke(invocation)
                    .whenCompleteWithContext(
                            (answer, error) -> ended(metrics, meters, error != null || answer.hasException(), start));
        } catch (RuntimeException e) {
            ended(metrics, meters, true, start);
            throw e;
        }
    }

    /** The meters of a call that is about to be made; null if no policy has routed it. */
    private static @Nullable CallMeters called(GrayMetrics metrics, Invoker<?> invoker, Invocation invocation) {
        RouteOutcome outcome = RouteOutcome.of(invocation);
        if (outcome == null) {
            return null;
        }
        CallMeters meters = metrics.of(invoker.getUrl().getServiceInterface(), outcome, version(invoker));
        meters.called();
        return meters;
    }

    private static @Nullable String version(Invoker<?> invoker) {
        URL consumer = RpcContext.getServiceContext().getConsumerUrl();
        return ProviderKind.of(invoker, consumer != null && ProviderKind.isAnyVersion(consumer))
                .version();
    }

    private static void ended(GrayMetrics metrics, CallMeters meters, boolean failed, long start) {
        metrics.guarded(() -> {
            meters.ended(failed, System.nanoTime() - start);
            return null;
        });
    }
}
