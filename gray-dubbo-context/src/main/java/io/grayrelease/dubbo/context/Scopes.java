package io.grayrelease.dubbo.context;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The contexts that are opened on each thread. */
final class Scopes {
    private static final PerThread<Opened> INNERMOST = PerThread.create();

    private Scopes() {}

    static @Nullable GrayContext innermost() {
        Opened opened = INNERMOST.get();
        return opened == null ? null : opened.context;
    }

    static GrayContext.Scope open(GrayContext context) {
        Opened before = INNERMOST.get();
        return new OpenScope(enter(context, null), before);
    }

    /** Opens a context and returns what {@link #reset} needs to put back what was opened before. */
    static Entered replace(GrayContext context) {
        Opened before = INNERMOST.get();
        return new Entered(enter(context, null), before);
    }

    /** Opens a context for {@link #popTo}. */
    static void push(GrayContext context) {
        enter(context, INNERMOST.get());
    }

    private static Opened enter(GrayContext context, @Nullable Opened outer) {
        Opened opened = new Opened(context, outer, MDC.get(LogTag.KEY));
        INNERMOST.set(opened);
        LogTag.show(context);
        return opened;
    }

    static void reset(Entered entered) {
        leave(entered.opened, entered.before);
    }

    /** Puts back what was opened before, but for what was closed meanwhile: somebody closed scopes in another order. */
    private static void leave(Opened opened, @Nullable Opened before) {
        Opened left = opened;
        Opened next = before;
        while (next != null && next.closed) {
            left = next;
            next = next.below;
        }
        if (next == null) {
            INNERMOST.remove();
        } else {
            INNERMOST.set(next);
        }
        LogTag.restore(left.loggedBefore);
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
            Opened last = opened;
            while (last.outer != null && last.outer.context != before) {
                last = last.outer;
            }
            leave(last, last.outer);
        }
    }

    /** Decides the innermost request, if it is not decided yet; what it is decided to. */
    static GrayContext decide(GrayContext decided) {
        Opened opened = INNERMOST.get();
        if (opened == null) {
            return decided;
        }
        GrayContext settled = opened.context.settle(decided);
        LogTag.show(settled);
        return settled;
    }

    /** A context and, only if it was pushed, the one that was opened before: a scope that is never closed must not pile up. */
    private static final class Opened {
        private final GrayContext context;
        private final @Nullable Opened outer;
        private final @Nullable String loggedBefore;
        private boolean closed;
        private @Nullable Opened below;

        private Opened(GrayContext context, @Nullable Opened outer, @Nullable String loggedBefore) {
            this.context = context;
            this.outer = outer;
            this.loggedBefore = loggedBefore;
        }
    }

    /** What {@link #replace} opened, and what was opened before it. */
    static final class Entered {
        private final Opened opened;
        private final @Nullable Opened before;

        private Entered(Opened opened, @Nullable Opened before) {
            this.opened = opened;
            this.before = before;
        }
    }

    /** Closing it twice does nothing; closing it before a scope inside it leaves that one open. */
    private static final class OpenScope implements GrayContext.Scope {
        private final Opened mine;
        private final @Nullable Opened before;

        private OpenScope(Opened mine, @Nullable Opened before) {
            this.mine = mine;
            this.before = before;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // this very one
        public void close() {
            if (mine.closed) {
                return;
            }
            mine.closed = true;
            mine.below = before;
            if (INNERMOST.get() == mine) {
                leave(mine, before);
            }
        }
    }
}
