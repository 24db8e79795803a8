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
        RouteOutcome outcome = metrics == null ? null : RouteOutcome.of(invocation);
        if (metrics == null || outcome == null) {
            return invoker.invoke(invocation);
        }
        return timed(metrics.of(invoker.getInterface().getName(), outcome, version(invoker)), invoker, invocation);
    }

    private static Result timed(CallMeters meters, Invoker<?> invoker, Invocation invocation) {
        meters.called();
        long start = System.nanoTime();
        Result result;
        try {
            result = invoker.invoke(invocation);
        } catch (RpcException e) {
            meters.ended(true, System.nanoTime() - start);
            throw e;
        }
        return result.whenCompleteWithContext(
                (answer, error) -> meters.ended(error != null || answer.hasException(), System.nanoTime() - start));
    }

    private static @Nullable String version(Invoker<?> invoker) {
        URL consumer = RpcContext.getServiceContext().getConsumerUrl();
        return ProviderKind.of(invoker, consumer != null && ProviderKind.isAnyVersion(consumer))
                .version();
    }
}
