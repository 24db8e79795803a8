package io.grayrelease.gateway.triple;

import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.common.extension.Activate;
import org.apache.dubbo.rpc.Filter;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.Result;
import org.apache.dubbo.rpc.RpcException;
import org.apache.dubbo.rpc.model.ApplicationModel;

import io.grayrelease.dubbo.context.CurrentRequest;
import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.gateway.TraceBaggage;

/**
 * Gives the baggage of OpenTelemetry the tags of a request while it is served; comes next after the provider filter. Of an undecided
 * request, an edge takes away what the baggage says.
 */
@Activate(group = CommonConstants.PROVIDER, order = -8_990)
public final class TraceFilter implements Filter {
    private final boolean isEdge;

    public TraceFilter(ApplicationModel model) {
        this.isEdge = TripleEntry.of(model).entry().isEdge();
    }

    @Override
    public Result invoke(Invoker<?> invoker, Invocation invocation) throws RpcException {
        GrayContext context = CurrentRequest.received();
        if (!context.isDecided() && !isEdge) {
            return invoker.invoke(invocation);
        }
        try (TraceBaggage.Scope traced = TraceBaggage.open(context.isDecided() ? context.tags() : null)) {
            return invoker.invoke(invocation);
        }
    }
}
