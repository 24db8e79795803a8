package io.grayrelease.dubbo.filter;

import java.util.List;
import java.util.Objects;

import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.RpcContext;
import org.jspecify.annotations.Nullable;

import io.grayrelease.dubbo.context.CurrentRequest;
import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.dubbo.context.GrayPropagator;

/**
 * What a call that this service makes carries before it is decided: what the caller set for this very call, else what
 * the request carries that the thread works for.
 */
final class OutgoingCall {
    private final Invocation invocation;
    private final GrayContext current;

    private OutgoingCall(Invocation invocation, GrayContext current) {
        this.invocation = invocation;
        this.current = current;
    }

    static GrayContext context(Invocation invocation, List<String> uidKeys) {
        return new OutgoingCall(invocation, GrayContext.current()).context(uidKeys);
    }

    private GrayContext context(List<String> uidKeys) {
        String uid = uid(uidKeys);
        String tag = callersOwn(GrayPropagator.TAG);
        if (tag != null) {
            return GrayContext.decided(GrayPropagator.tags(tag), uid);
        }
        return current.isDecided() ? GrayContext.decided(current.tags(), uid) : GrayContext.undecided(uid);
    }

    private @Nullable String uid(List<String> keys) {
        String own = Uids.first(keys, this::callersOwn);
        if (own != null) {
            return own;
        }
        String carried = current.uid().orElse(null);
        return carried != null || current.isDecided() ? carried : Uids.first(keys, invocation::getAttachment);
    }

    /**
     * An attachment that was set for this very call, or null. Dubbo has merged what the thread received into the
     * invocation: a value that differs from it, or stands in the client attachments, is the caller's own.
     */
    private @Nullable String callersOwn(String key) {
        String carried = invocation.getAttachment(key);
        boolean inherited = Objects.equals(carried, CurrentRequest.received(key))
                && RpcContext.getClientAttachment().getAttachment(key) == null;
        return inherited ? null : carried;
    }
}
