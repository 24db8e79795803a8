package io.grayrelease.dubbo.context;

import org.apache.dubbo.common.threadlocal.InternalThreadLocal;
import org.jspecify.annotations.Nullable;

/**
 * The contexts that are opened on each thread. Dubbo's own kind of thread-local, so that Dubbo swaps it together with
 * its RpcContext when a local (injvm) call runs on the caller's thread.
 */
final class Scopes {
    private static final InternalThreadLocal<Opened> INNERMOST = new InternalThreadLocal<>();

    private Scopes() {}

    static @Nullable GrayContext innermost() {
        Opened opened = INNERMOST.get();
        return opened == null ? null : opened.context;
    }

    static GrayContext.Scope open(GrayContext context) {
        Opened before = replace(context);
        return () -> reset(before);
    }

    /** Opens a context and returns what {@link #reset} needs to put back what was opened before. */
    static @Nullable Opened replace(GrayContext context) {
        Opened before = INNERMOST.get();
        set(new Opened(context, null));
        return before;
    }

    /** Opens a context for {@link #popTo}. */
    static void push(GrayContext context) {
        set(new Opened(context, INNERMOST.get()));
    }

    static void reset(@Nullable Opened before) {
        set(before);
    }

    /**
     * Undoes a {@link #push}, and every later one, given only what was {@link GrayContext#current current} before it.
     * Compares by identity: the context of a served request is made anew at every look, so it is never found among
     * the opened ones, and must not be, or it would stay opened when the request is over. Does nothing where nothing is
     * opened.
     */
    @SuppressWarnings("ReferenceEquality")
    static void popTo(GrayContext before) {
        Opened opened = INNERMOST.get();
        if (opened != null) {
            Opened outer = opened.outer;
            while (outer != null && outer.context != before) {
                outer = outer.outer;
            }
            reset(outer);
        }
    }

    /** Remembers what the first call of an opened, undecided request was decided to, for the calls after it. */
    static void decide(GrayContext decided) {
        Opened opened = INNERMOST.get();
        if (opened != null && !opened.context.isDecided()) {
            set(new Opened(decided, opened.outer));
        }
    }

    private static void set(@Nullable Opened opened) {
        if (opened == null) {
            INNERMOST.remove();
        } else {
            INNERMOST.set(opened);
        }
        LogTag.showCurrent();
    }

    /** A context and, only if it was pushed, the one that was opened before: a scope that is never closed must not pile up. */
    static final class Opened {
        private final GrayContext context;
        private final @Nullable Opened outer;

        private Opened(GrayContext context, @Nullable Opened outer) {
            this.context = context;
            this.outer = outer;
        }
    }
}
