package io.grayrelease.dubbo.context;

import java.util.concurrent.Executor;

/** Wraps every task where it is handed in. */
final class ContextExecutor implements Executor, WrappedExecutor {
    private final Executor executor;

    ContextExecutor(Executor executor) {
        this.executor = executor;
    }

    @Override
    public Executor wrapped() {
        return executor;
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(GrayContext.wrap(task));
    }
}
