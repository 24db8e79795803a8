package io.grayrelease.dubbo.operations.metrics;

import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.common.extension.Activate;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.Result;
import org.apache.dubbo.rpc.RpcException;
import org.apache.dubbo.rpc.cluster.filter.ClusterFilter;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.jspecify.annotations.Nullable;

import io.grayrelease.dubbo.context.RouteOutcome;
import io.grayrelease.dubbo.context.RouteOutcome.Kind;

/** Counts calls that the policy let reach no provider: these never come to a {@link CountingFilter}. */
@Activate(group = CommonConstants.CONSUMER)
public final class RejectionFilter implements ClusterFilter {
    private final @Nullable GrayMetrics metrics;

    public RejectionFilter(ApplicationModel model) {
        this.metrics = MetricsIfPresent.of(model);
    }

    @Override
    public Result invoke(Invoker<?> invoker, Invocation invocation) throws RpcException {
        if (metrics == null) {
            return invoker.invoke(invocation);
        }
        try {
            return invoker.invoke(invocation);
        } finally {
            metrics.guarded(() -> rejected(metrics, invoker, invocation));
        }
    }

    private static @Nullable CallMeters rejected(GrayMetrics metrics, Invoker<?> invoker, Invocation invocation) {
        RouteOutcome outcome = RouteOutcome.of(invocation);
        if (outcome == null || outcome.kind() != Kind.REJECTED) {
            return null;
        }
        CallMeters meters = metrics.of(invoker.getUrl().getServiceInterface(), outcome, null);
        meters.called();
        return meters;
    }
}
