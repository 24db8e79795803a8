package io.grayrelease.dubbo.filter;

import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.common.extension.Activate;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.Result;
import org.apache.dubbo.rpc.RpcException;
import org.apache.dubbo.rpc.cluster.filter.ClusterFilter;
import org.apache.dubbo.rpc.model.ApplicationModel;

import io.grayrelease.dubbo.context.CurrentRequest;
import io.grayrelease.dubbo.context.GrayApplication;
import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.dubbo.context.RouteOutcome;
import io.grayrelease.policy.decide.RequestView;

/**
 * Settles the tags of a call before it is routed. A ClusterFilter, since plain consumer filters run after routing; it
 * comes after Dubbo's ConsumerContextFilter (which merges the attachments) and before metrics and monitoring. It writes
 * to the invocation only, so the caller's RpcContext stays as it was.
 */
@Activate(group = CommonConstants.CONSUMER, order = -10_000)
public final class GrayConsumerFilter implements ClusterFilter {
    private final GrayApplication application;
    private final Decider decider;
    private final Guard guard = new Guard("an outgoing call is not decided");

    public GrayConsumerFilter(ApplicationModel model) {
        this.application = GrayApplication.of(model);
        this.decider = new Decider(application);
    }

    @Override
    public Result invoke(Invoker<?> invoker, Invocation invocation) throws RpcException {
        if (!application.enabled()) {
            return invoker.invoke(invocation);
        }
        guard.run(() -> settle(invoker, invocation));
        try (GrayContext.Scope kept = CurrentRequest.keep()) {
            return invoker.invoke(invocation);
        } catch (RpcException e) {
            throw explained(e, invocation);
        }
    }

    private void settle(Invoker<?> invoker, Invocation invocation) {
        OutgoingCall call = OutgoingCall.of(invocation);
        if (!call.isReady()) {
            GrayContext context = call.context(application.settings().uidKeys());
            call.carry(context.isDecided() ? context : decide(context, call.values(), invoker, invocation));
        }
        Streams.carryAnswers(invocation);
    }

    private GrayContext decide(GrayContext undecided, RequestView entry, Invoker<?> invoker, Invocation invocation) {
        DubboRequest request = new DubboRequest(invoker, invocation, application.name(), entry);
        GrayContext context = decider.decide(undecided, request);
        return context.isDecided() ? CurrentRequest.settleOpened(context) : context;
    }

    /** Dubbo's no-provider error says nothing of tags and versions; where the policy wanted it, we say why. */
    private static RpcException explained(RpcException error, Invocation invocation) {
        RouteOutcome outcome = RouteOutcome.of(invocation);
        return outcome == null || outcome.kind() != RouteOutcome.Kind.REJECTED
                ? error
                : new RpcException(error.getCode(), "gray: " + outcome.reason() + ". " + error.getMessage(), error);
    }
}
