package io.grayrelease.dubbo.context;

import org.jspecify.annotations.Nullable;

import io.micrometer.context.ThreadLocalAccessor;

/**
 * Lets Micrometer's context-propagation carry the context, and with it Reactor, Spring and whatever else builds on it.
 * The library finds this class by ServiceLoader; without the library nothing loads it. Where there is no Dubbo, as in a gateway
 * that only sends requests on, no thread has a context.
 */
public final class GrayThreadLocalAccessor implements ThreadLocalAccessor<GrayContext> {
    /** The key of the context in snapshots and in Reactor's Context. */
    public static final String KEY = "gray.context";

    private static final boolean DUBBO = isPresent("org.apache.dubbo.rpc.RpcContext");

    private static boolean isPresent(String type) {
        try {
            Class.forName(type, false, GrayThreadLocalAccessor.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    @Override
    public Object key() {
        return KEY;
    }

    /** The current context; null, as the library wants it for "no value", if there is none. */
    @Override
    public @Nullable GrayContext getValue() {
        if (!DUBBO) {
            return null;
        }
        GrayContext current = GrayContext.current();
        return current.equals(GrayContext.NONE) ? null : current;
    }

    @Override
    public void setValue(GrayContext context) {
        if (DUBBO) {
            Scopes.push(context);
        }
    }

    /** Hides what is current, a served request too. */
    @Override
    public void setValue() {
        if (DUBBO) {
            Scopes.push(GrayContext.NONE);
        }
    }

    @Override
    public void restore(GrayContext before) {
        if (DUBBO) {
            Scopes.popTo(before);
        }
    }

    @Override
    public void restore() {
        if (DUBBO) {
            Scopes.popTo(GrayContext.NONE);
        }
    }
}
