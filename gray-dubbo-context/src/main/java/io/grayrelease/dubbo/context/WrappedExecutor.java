package io.grayrelease.dubbo.context;

import java.util.concurrent.Executor;

/** An executor of ours, and the one under it. */
interface WrappedExecutor {
    Executor wrapped();
}
