package io.grayrelease.dubbo.filter;

import java.util.List;
import java.util.Objects;

import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.RpcContext;
import org.jspecify.annotations.Nullable;

import io.grayrelease.dubbo.context.CurrentRequest;
import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.dubbo.context.GrayPropagator;
import io.grayrelease.policy.decide.RequestView;

/**
 * What a call that this service makes carries: what the caller set for this very call, else what the request carries that
 * the thread works for. An opened request hides the served one, which Dubbo has put into the invocation already.
 */
final class OutgoingCall {
    private final Invocation invocation;
    private final @Nullable GrayContext opened;

    private OutgoingCall(Invocation invocation, @Nullable GrayContext opened) {
        this.invocation = invocation;
        this.opened = opened;
    }

    static OutgoingCall of(Invocation invocation) {
        return new OutgoingCall(invocation, CurrentRequest.opened());
    }

    /**
     * Whether Dubbo has made it carry all that it has to: the request that the thread serves is decided, and the caller set
     * nothing itself. This is what nearly all calls are.
     */
    boolean isReady() {
        return opened == null
                && CurrentRequest.isForwardedBy(invocation)
                && RpcContext.getClientAttachment().getObjectAttachments().isEmpty();
    }

    /** What it carries before it is decided. */
    GrayContext context(List<String> uidKeys) {
        GrayContext current = current();
        String uid = uid(uidKeys, current);
        String tag = callersOwn(GrayPropagator.TAG);
        if (tag != null) {
            return GrayContext.decided(GrayPropagator.tags(tag), uid);
        }
        return current.isDecided() ? GrayContext.decided(current.tags(), uid) : GrayContext.undecided(uid);
    }

    /** What the HTTP request has that this call is made for. */
    RequestView values() {
        return current().values();
    }

    private GrayContext current() {
        return opened == null ? CurrentRequest.received() : opened;
    }

    private @Nullable String uid(List<String> keys, GrayContext current) {
        String own = Uids.first(keys, this::callersOwn);
        if (own != null) {
            return own;
        }
        String carried = current.uid().orElse(null);
        boolean settled = carried != null || current.isDecided() || opened != null;
        return settled ? carried : Uids.first(keys, invocation::getAttachment);
    }

    /**
     * An attachment that was set for this very call, or null: one of the client attachments, or one that differs from what
     * Dubbo has merged of what the thread received.
     */
    private @Nullable String callersOwn(String key) {
        String own = RpcContext.getClientAttachment().getAttachment(key);
        if (own != null) {
            return own;
        }
        String carried = invocation.getAttachment(key);
        return Objects.equals(carried, CurrentRequest.received(key)) ? null : carried;
    }

    /** Writes what it carries; without a policy it may be undecided, and goes on as the request came. */
    void carry(GrayContext settled) {
        if (opened != null) {
            hideServed(GrayPropagator.TAG);
            hideServed(GrayPropagator.UID);
        }
        GrayPropagator.inject(settled.isDecided() ? settled : current(), invocation::setAttachment);
    }

    private void hideServed(String key) {
        if (callersOwn(key) == null) {
            invocation.getObjectAttachments().remove(key);
        }
    }
}
