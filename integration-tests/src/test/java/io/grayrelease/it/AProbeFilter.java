package io.grayrelease.it;

import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.common.extension.Activate;
import org.apache.dubbo.rpc.Filter;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.Result;

/**
 * Looks at a provider's thread before Dubbo puts the request's attachments there. Its order is that of Dubbo's
 * ContextFilter, and then the name decides.
 */
@Activate(group = CommonConstants.PROVIDER, order = Integer.MIN_VALUE)
public final class AProbeFilter implements Filter {
    @Override
    public Result invoke(Invoker<?> invoker, Invocation invocation) {
        ThreadProbe.look("start of a request");
        return invoker.invoke(invocation);
    }
}
