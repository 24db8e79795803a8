package io.grayrelease.dubbo.filter;

import java.util.Arrays;
import java.util.Map;

import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.support.RpcUtils;
import org.jspecify.annotations.Nullable;

import io.grayrelease.dubbo.context.CurrentRequest;
import io.grayrelease.policy.decide.RequestView;
import io.grayrelease.policy.model.Value;

/** The values of a rule on a Dubbo call, and of the HTTP request that it is made for. */
final class DubboRequest {
    private final Invoker<?> invoker;
    private final Invocation invocation;
    private final @Nullable String caller;
    private final RequestView entry;
    private final boolean outside;

    /** A call; what the HTTP request has, if there is one, comes first. From outside, what the caller says of itself is there only. */
    DubboRequest(Invoker<?> invoker, Invocation invocation, @Nullable String caller, RequestView entry) {
        this.invoker = invoker;
        this.invocation = invocation;
        this.caller = caller;
        this.entry = entry;
        this.outside = invocation.get(CurrentRequest.OUTSIDE) != null;
    }

    /** This request as rules see it, for a uid. */
    RequestView withUid(@Nullable String uid) {
        return value -> value.kind() == Value.Kind.UID ? uid : get(value);
    }

    private @Nullable String get(Value value) {
        String entered = entry.get(value);
        if (entered != null) {
            return entered;
        }
        return outside ? ofTarget(value) : ofCall(value);
    }

    private @Nullable String ofCall(Value value) {
        switch (value.kind()) {
            case TOKEN:
                return Uids.first(Arrays.asList("gray-token", "token"), this::attachment);
            case IP:
                return attachment("gray-ip");
            case CALLER:
                return caller;
            case HEADER:
                return header(value.name());
            case ATTACHMENT:
                return attachment(value.name());
            default:
                return ofTarget(value);
        }
    }

    private @Nullable String ofTarget(Value value) {
        switch (value.kind()) {
            case SERVICE:
                return invoker.getUrl().getServiceInterface();
            case METHOD:
                return RpcUtils.getMethodName(invocation);
            case ARG:
                return Arguments.text(RpcUtils.getArguments(invocation), value.index(), value.path());
            default:
                return null; // cookie and param are known at an HTTP entry only
        }
    }

    private @Nullable String attachment(String name) {
        return RestCalls.contain(invocation) ? header(name) : exactly(name);
    }

    private @Nullable String exactly(String name) {
        return Arguments.text(invocation.getObjectAttachment(name));
    }

    private @Nullable String header(String name) {
        String exact = exactly(name);
        if (exact != null) {
            return exact;
        }
        for (Map.Entry<String, Object> entry : invocation.getObjectAttachments().entrySet()) {
            if (name.equalsIgnoreCase(entry.getKey())) {
                return Arguments.text(entry.getValue());
            }
        }
        return null;
    }
}
