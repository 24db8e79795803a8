package io.grayrelease.dubbo.context;

import org.apache.dubbo.common.threadlocal.InternalThreadLocal;
import org.jspecify.annotations.Nullable;

/**
 * A value per thread. Of Dubbo's own kind where Dubbo is there, so that Dubbo swaps it together with its RpcContext when a
 * local (injvm) call runs on the caller's thread; a plain one elsewhere, as in a gateway.
 */
abstract class PerThread<T> {
    /** Whether this process has Dubbo. */
    static final boolean DUBBO = isPresent("org.apache.dubbo.rpc.RpcContext");

    abstract @Nullable T get();

    abstract void set(T value);

    abstract void remove();

    static <T> PerThread<T> create() {
        return DUBBO ? new OfDubbo<>() : new Plain<>();
    }

    private static boolean isPresent(String type) {
        try {
            Class.forName(type, false, PerThread.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    @SuppressWarnings("ThreadLocalUsage") // who creates one keeps it in a static field
    private static final class OfDubbo<T> extends PerThread<T> {
        private final InternalThreadLocal<T> values = new InternalThreadLocal<>();

        @Override
        @Nullable
        T get() {
            return values.get();
        }

        @Override
        void set(T value) {
            values.set(value);
        }

        @Override
        void remove() {
            values.remove();
        }
    }

    @SuppressWarnings("ThreadLocalUsage") // who creates one keeps it in a static field
    private static final class Plain<T> extends PerThread<T> {
        private final ThreadLocal<@Nullable T> values = new ThreadLocal<>();

        @Override
        @Nullable
        T get() {
            return values.get();
        }

        @Override
        void set(T value) {
            values.set(value);
        }

        @Override
        void remove() {
            values.remove();
        }
    }
}
