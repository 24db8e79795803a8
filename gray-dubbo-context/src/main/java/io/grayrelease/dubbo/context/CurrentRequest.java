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
    private static final GrayContext.Scope NOTHING_LENT = () -> {};

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

    /**
     * Lends an opened request to Dubbo for the time of a call: Dubbo brings back the server attachments in the callbacks
     * of an asynchronous call, on whichever thread they run, and knows nothing of what was opened. On a thread that
     * serves a request, callbacks see that one. Close it when the call has returned; does nothing where none is opened.
     */
    public static GrayContext.Scope lendOpened() {
        GrayContext opened = Scopes.innermost();
        if (opened == null) {
            return NOTHING_LENT;
        }
        String tag = received(GrayPropagator.TAG);
        String uid = received(GrayPropagator.UID);
        settleReceived(opened);
        return () -> {
            restore(GrayPropagator.TAG, tag);
            restore(GrayPropagator.UID, uid);
        };
    }

    private static void restore(String key, @Nullable String value) {
        RpcContextAttachment received = RpcContext.getServerAttachment();
        if (value == null) {
            received.removeAttachment(key);
        } else {
            received.setAttachment(key, value);
        }
    }

    /** Settles an opened, undecided request by the decision of its first call; without one, does nothing. */
    public static void settleOpened(GrayContext decided) {
        Scopes.decide(decided);
    }
}
