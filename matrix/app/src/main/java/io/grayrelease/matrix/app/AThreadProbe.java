package io.grayrelease.matrix.app;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.common.extension.Activate;
import org.apache.dubbo.rpc.Filter;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.Result;
import org.apache.dubbo.rpc.RpcContext;
import org.slf4j.MDC;

/**
 * Looks at a thread before a request begins on it, for what an earlier one has left. Its name begins with an A, since
 * Dubbo sorts filters of one order by name, and this one must be before the ContextFilter.
 */
@Activate(group = CommonConstants.PROVIDER, order = Integer.MIN_VALUE)
public final class AThreadProbe implements Filter {
    private static final Queue<String> LEFT = new ConcurrentLinkedQueue<>();

    @Override
    public Result invoke(Invoker<?> invoker, Invocation invocation) {
        if (!invoker.getUrl().getProtocol().equals("injvm")) { // runs on the thread of its caller
            look();
        }
        return invoker.invoke(invocation);
    }

    /** Looks at the current thread. */
    static void look() {
        String tag = RpcContext.getServerAttachment().getAttachment("gray-tag");
        String logged = MDC.get("gray.tag");
        if (tag != null || logged != null) {
            LEFT.add(Thread.currentThread().getName() + ": tag=" + tag + " mdc=" + logged);
        }
    }

    /** What was found until now. */
    static List<String> left() {
        return List.copyOf(LEFT);
    }
}
