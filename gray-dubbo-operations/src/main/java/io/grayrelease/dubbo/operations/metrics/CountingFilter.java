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

/** Counts calls by the provider that they go to; each try of a call that is tried again counts. */
@Activate(group = CommonConstants.CONSUMER)
public final class CountingFilter implements Filter {
    private final @Nullable GrayMetrics metrics;

    public CountingFilter(ApplicationModel model) {
        this.metrics = GrayMetrics.of(model);
    }

    @Override
    public Result invoke(Invoker<?> invoker, Invocation invocation) throws RpcException {
        RouteOutcome outcome = metrics == null ? null : RouteOutcome.of(invocation);
        if (metrics != null && outcome != null) {
            metrics.called(invoker.getInterface().getName(), outcome, version(invoker));
        }
        return invoker.invoke(invocation);
    }

    private static @Nullable String version(Invoker<?> invoker) {
        URL consumer = RpcContext.getServiceContext().getConsumerUrl();
        return ProviderKind.of(invoker, consumer != null && ProviderKind.isAnyVersion(consumer))
                .version();
    }
}
