package io.grayrelease.dubbo.filter;

import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.common.extension.Activate;
import org.apache.dubbo.rpc.Filter;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.Result;
import org.apache.dubbo.rpc.RpcException;
import org.apache.dubbo.rpc.model.ApplicationModel;

import io.grayrelease.dubbo.context.GrayApplication;

/**
 * Carries the tags of a request when a provider calls an argument of its caller back. Such a call goes to that caller
 * and is neither routed nor seen by a ClusterFilter.
 */
@Activate(group = CommonConstants.CALLBACK, order = -9_000)
public final class GrayCallbackFilter implements Filter {
    private final GrayApplication application;
    private final Guard guard = new Guard("a callback does not carry the tags");

    public GrayCallbackFilter(ApplicationModel model) {
        this.application = GrayApplication.of(model);
    }

    @Override
    public Result invoke(Invoker<?> invoker, Invocation invocation) throws RpcException {
        if (application.enabled()) {
            guard.run(() -> carry(invocation));
        }
        return invoker.invoke(invocation);
    }

    private void carry(Invocation invocation) {
        OutgoingCall call = OutgoingCall.of(invocation);
        call.carry(call.context(application.settings().uidKeys()));
    }
}
