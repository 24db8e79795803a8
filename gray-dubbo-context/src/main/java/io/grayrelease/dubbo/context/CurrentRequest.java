package io.grayrelease.dubbo.context;

import org.apache.dubbo.rpc.RpcContext;
import org.apache.dubbo.rpc.RpcContextAttachment;
import org.jspecify.annotations.Nullable;

/**
 * The request that this thread works for, for the filters. What a served request is decided to lives in Dubbo's server
 * attachments: Dubbo forwards them with every call, restores them in callbacks and clears them after the request, so it
 * needs no thread-local of ours.
 */
public final class CurrentRequest {
    private CurrentRequest() {}

    /** See {@link GrayContext#current}. */
    static GrayContext context() {
        GrayContext opened = Scopes.innermost();
        return opened != null ? opened : received();
    }

    /** What the request that this thread serves carries; {@link GrayContext#NONE} on a thread that serves none. */
    public static GrayContext received() {
        RpcContextAttachment received = RpcContext.getServerAttachment();
        return GrayPropagator.extract(received::getAttachment);
    }

    /** One attachment of the request that this thread serves, or null. */
    public static @Nullable String received(String key) {
        return RpcContext.getServerAttachment().getAttachment(key);
    }

    /** Settles what the served request carries on, for the calls that it makes from now on. */
    public static void settleReceived(GrayContext context) {
        RpcContextAttachment received = RpcContext.getServerAttachment();
        GrayPropagator.inject(context, received::setAttachment);
    }

    /** Settles an opened, undecided request by the decision of its first call; without one, does nothing. */
    public static void settleOpened(GrayContext decided) {
        Scopes.decide(decided);
    }
}
