package io.grayrelease.dubbo.context;

import org.apache.dubbo.common.threadlocal.InternalThreadLocal;
import org.jspecify.annotations.Nullable;

/**
 * The contexts that are opened on each thread. Dubbo's own kind of thread-local, so that Dubbo swaps it together with
 * its RpcContext when a local (injvm) call runs on the caller's thread.
 */
final class Scopes {
    private static final InternalThreadLocal<GrayContext> INNERMOST = new InternalThreadLocal<>();

    private Scopes() {}

    static @Nullable GrayContext innermost() {
        return INNERMOST.get();
    }

    static GrayContext.Scope open(GrayContext context) {
        GrayContext before = INNERMOST.get();
        INNERMOST.set(context);
        return () -> restore(before);
    }

    /** Remembers what the first call of an opened, undecided request was decided to, for the calls after it. */
    static void decide(GrayContext decided) {
        GrayContext opened = INNERMOST.get();
        if (opened != null && !opened.isDecided()) {
            INNERMOST.set(decided);
        }
    }

    private static void restore(@Nullable GrayContext before) {
        if (before == null) {
            INNERMOST.remove();
        } else {
            INNERMOST.set(before);
        }
    }
}
