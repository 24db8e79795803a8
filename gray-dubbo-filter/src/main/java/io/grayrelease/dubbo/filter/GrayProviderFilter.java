package io.grayrelease.dubbo.filter;

import java.util.concurrent.CompletableFuture;

import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.common.extension.Activate;
import org.apache.dubbo.rpc.AppResponse;
import org.apache.dubbo.rpc.AsyncRpcResult;
import org.apache.dubbo.rpc.Filter;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.Result;
import org.apache.dubbo.rpc.RpcContext;
import org.apache.dubbo.rpc.RpcException;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import io.grayrelease.dubbo.context.CurrentRequest;
import io.grayrelease.dubbo.context.GrayApplication;
import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.dubbo.context.LogTag;
import io.grayrelease.policy.decide.RequestView;
import io.grayrelease.policy.model.Tags;
import io.grayrelease.policy.model.Value;

/**
 * Settles what a served request carries on, and puts its tags into the logs. A request that arrives undecided (its
 * caller has no policy, or not our jars) is decided here, once for all calls that it makes. It comes after Dubbo's
 * ContextFilter and GenericFilter and before the access log.
 */
@Activate(group = CommonConstants.PROVIDER, order = -9_000)
public final class GrayProviderFilter implements Filter {
    private static final String LOCAL = "injvm";
    private static final Value UID = Value.of(Value.Kind.UID);

    private final GrayApplication application;
    private final Decider decider;
    private final Guard guard = new Guard("a received call is not decided");

    public GrayProviderFilter(ApplicationModel model) {
        this.application = GrayApplication.of(model);
        this.decider = new Decider(application);
    }

    @Override
    public Result invoke(Invoker<?> invoker, Invocation invocation) throws RpcException {
        if (!application.enabled()) {
            return invoker.invoke(invocation);
        }
        GrayContext context = guard.get(() -> settled(invoker, invocation), GrayContext.NONE);
        if (!context.isDecided()) {
            return invoker.invoke(invocation);
        }
        Result result = logged(context, invoker, invocation);
        guard.run(() -> Streams.carryRequests(invocation, result, context));
        leaveWhenAnswered(result);
        return result;
    }

    private GrayContext settled(Invoker<?> invoker, Invocation invocation) {
        if (RestCalls.contain(invocation)) {
            CurrentRequest.respellReceived(application.settings().uidKeys());
        }
        GrayContext context = CurrentRequest.received();
        if (context.isDecided() && CurrentRequest.isReceived(context.tags().text())) {
            return context; // well-formed: nothing has to be written
        }
        if (!context.isDecided()) {
            RequestView entry = entry(invocation);
            String uid = uid(invocation, entry);
            Tags carried = HttpTags.of(invocation);
            context = carried == null ? decided(uid, entry, invoker, invocation) : GrayContext.decided(carried, uid);
        }
        if (context.isDecided()) {
            CurrentRequest.settleReceived(context); // also turns malformed tags into baseline
        }
        return context;
    }

    private @Nullable String uid(Invocation received, RequestView entry) {
        String attached = received.get(CurrentRequest.OUTSIDE) == null
                ? Uids.first(application.settings().uidKeys(), CurrentRequest::received)
                : null;
        return attached == null ? entry.get(UID) : attached;
    }

    /** What the HTTP request has that a call came as; nothing for other calls. */
    private static RequestView entry(Invocation received) {
        Object entry = received.get(CurrentRequest.VALUES);
        return entry instanceof RequestView ? (RequestView) entry : value -> null;
    }

    private GrayContext decided(@Nullable String uid, RequestView entry, Invoker<?> invoker, Invocation invocation) {
        String caller = RpcContext.getServiceContext().getRemoteApplicationName();
        DubboRequest request = new DubboRequest(invoker, invocation, caller, entry);
        return decider.decide(GrayContext.undecided(uid), request);
    }

    /**
     * Dubbo restores a request's attachments on the thread that completes an asynchronous answer, once for each of its
     * stages, and over Triple and injvm leaves them there. The last of those stages is known when the first one runs.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
    private static void leaveWhenAnswered(Result result) {
        if (result instanceof AsyncRpcResult) {
            AsyncRpcResult answer = (AsyncRpcResult) result;
            CompletableFuture<AppResponse> first = answer.getResponseFuture();
            if (!first.isDone()) {
                first.whenComplete((response, error) ->
                        answer.getResponseFuture().whenComplete((last, lastError) -> CurrentRequest.leave()));
            }
        }
    }

    /** A local (injvm) call runs on its caller's thread, which may be serving a request itself; others begin on a clean one. */
    private static Result logged(GrayContext context, Invoker<?> invoker, Invocation invocation) {
        boolean local = LOCAL.equals(invoker.getUrl().getProtocol());
        String before = local ? MDC.get(LogTag.KEY) : null;
        MDC.put(LogTag.KEY, context.tags().text());
        try {
            return invoker.invoke(invocation);
        } finally {
            LogTag.restore(before);
        }
    }
}
