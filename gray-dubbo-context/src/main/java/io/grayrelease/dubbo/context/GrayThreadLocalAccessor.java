package io.grayrelease.dubbo.context;

import org.jspecify.annotations.Nullable;

import io.micrometer.context.ThreadLocalAccessor;

/**
 * Lets Micrometer's context-propagation carry the context, and with it Reactor, Spring and whatever else builds on it.
 * The library finds this class by ServiceLoader; without the library nothing loads it.
 */
public final class GrayThreadLocalAccessor implements ThreadLocalAccessor<GrayContext> {
    /** The key of the context in snapshots and in Reactor's Context. */
    public static final String KEY = "gray.context";

    @Override
    public Object key() {
        return KEY;
    }

    /** The current context; null, as the library wants it for "no value", if there is none. */
    @Override
    public @Nullable GrayContext getValue() {
        GrayContext current = GrayContext.current();
        return current.equals(GrayContext.NONE) ? null : current;
    }

    @Override
    public void setValue(GrayContext context) {
        Scopes.push(context);
    }

    /** Hides what is current, a served request too. */
    @Override
    public void setValue() {
        Scopes.push(GrayContext.NONE);
    }

    @Override
    public void restore(GrayContext before) {
        Scopes.popTo(before);
    }

    @Override
    public void restore() {
        Scopes.popTo(GrayContext.NONE);
    }
}
