package io.grayrelease.dubbo.context;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Stream;

import org.apache.dubbo.common.threadlocal.InternalThread;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.RpcContext;
import org.apache.dubbo.rpc.RpcContextAttachment;
import org.jspecify.annotations.Nullable;

/**
 * The request that this thread works for, for the filters. What a served request is decided to lives in Dubbo's server
 * attachments: Dubbo forwards them with every call, restores them in callbacks and clears them after the request, so it
 * needs no thread-local of ours.
 */
public final class CurrentRequest {
    /**
     * The attribute of a received invocation with the {@link io.grayrelease.policy.decide.RequestView} of the HTTP request that it
     * came as; {@value}.
     */
    public static final String VALUES = "gray.values";

    /**
     * The attribute of a received invocation from outside: what it says of its caller counts as {@link #VALUES} have it, whatever
     * its attachments are; {@value}.
     */
    public static final String OUTSIDE = "gray.outside";

    private static final GrayContext.Scope NOTHING_TO_KEEP = () -> {};

    private CurrentRequest() {}

    /** What the request that this thread serves carries; {@link GrayContext#NONE} on a thread that serves none. */
    public static GrayContext received() {
        RpcContextAttachment received = RpcContext.getServerAttachment();
        return GrayPropagator.extract(received::getAttachment);
    }

    /** One attachment of the request that this thread serves, or null. */
    public static @Nullable String received(String key) {
        return RpcContext.getServerAttachment().getAttachment(key);
    }

    /**
     * Gives what a served request carries for us the names that we look for. HTTP/1 keeps the case in which the client
     * wrote a header, and Triple lower-cases what it sends on, so both spellings must not go on together.
     *
     * @param keys the names besides our own; a value that has its name already stays
     */
    public static void respellReceived(Collection<String> keys) {
        RpcContextAttachment received = RpcContext.getServerAttachment();
        for (String found : new ArrayList<>(received.getObjectAttachments().keySet())) {
            Stream.concat(Stream.of(GrayPropagator.TAG, GrayPropagator.UID), keys.stream())
                    .filter(key -> key.equalsIgnoreCase(found))
                    .findFirst()
                    .filter(key -> !key.equals(found))
                    .ifPresent(key -> respell(received, found, key));
        }
    }

    private static void respell(RpcContextAttachment received, String found, String key) {
        String value = received.getAttachment(found);
        received.removeAttachment(found);
        if (value != null && received.getAttachment(key) == null) {
            received.setAttachment(key, value);
        }
    }

    /** Whether a text is what the thread's request carries as its tags. */
    public static boolean isReceived(@Nullable String tags) {
        return tags != null && tags.equals(received(GrayPropagator.TAG));
    }

    /** Whether a call carries the tags and the uid of the thread's decided request, as Dubbo forwards them. */
    public static boolean isForwardedBy(Invocation invocation) {
        return isReceived(invocation.getAttachment(GrayPropagator.TAG))
                && Objects.equals(received(GrayPropagator.UID), invocation.getAttachment(GrayPropagator.UID));
    }

    /** Settles what the served request carries on, for the calls that it makes from now on. */
    public static void settleReceived(GrayContext context) {
        RpcContextAttachment received = RpcContext.getServerAttachment();
        GrayPropagator.inject(context, received::setAttachment);
    }

    /** The request that was opened on this thread and hides the one that it serves; null if none was. */
    public static @Nullable GrayContext opened() {
        return Scopes.innermost();
    }

    /**
     * Keeps what Dubbo holds of this thread's request over a call. Dubbo empties the server attachments of a callback's
     * thread when an asynchronous call begins on it: then they are put back. An opened request is lent to Dubbo, so that it
     * is brought back in the callbacks of an asynchronous call too, whichever thread they run on; not where the thread has
     * attachments, since Dubbo shares those with other threads of the request that it serves. Close it when the call has
     * returned.
     */
    public static GrayContext.Scope keep() {
        RpcContextAttachment attachments = RpcContext.getServerAttachment();
        boolean isEmpty = attachments.getObjectAttachments().isEmpty();
        GrayContext opened = isEmpty ? Scopes.innermost() : null;
        if (opened != null) {
            settleReceived(opened);
            return () -> put(null, null);
        }
        return isEmpty || !attachments.canRemove() ? NOTHING_TO_KEEP : keep(attachments);
    }

    private static GrayContext.Scope keep(RpcContextAttachment attachments) {
        String tag = attachments.getAttachment(GrayPropagator.TAG);
        String uid = attachments.getAttachment(GrayPropagator.UID);
        return () -> put(tag, uid);
    }

    private static void put(@Nullable String tag, @Nullable String uid) {
        restore(GrayPropagator.TAG, tag);
        restore(GrayPropagator.UID, uid);
    }

    private static void restore(String key, @Nullable String before) {
        if (!Objects.equals(before, received(key))) {
            RpcContextAttachment received = RpcContext.getServerAttachment();
            if (before == null) {
                received.removeAttachment(key);
            } else {
                received.setAttachment(key, before);
            }
        }
    }

    /** Settles an opened request by the decision of its first call; what it is settled to. Without one, the decision. */
    public static GrayContext settleOpened(GrayContext decided) {
        return Scopes.decide(decided);
    }

    /**
     * Takes what Dubbo has left of a served request off a thread that completed its answer: one of the service's own, since
     * Dubbo cleans its own threads itself.
     */
    public static void leave() {
        if (!(Thread.currentThread() instanceof InternalThread)) {
            RpcContextAttachment received = RpcContext.getServerAttachment();
            if (received.getAttachment(GrayPropagator.TAG) != null
                    || received.getAttachment(GrayPropagator.UID) != null) {
                received.clearAfterEachInvoke(true); // else Dubbo keeps them; nobody serves this request any more
                RpcContext.removeServerAttachment();
            }
        }
    }
}
