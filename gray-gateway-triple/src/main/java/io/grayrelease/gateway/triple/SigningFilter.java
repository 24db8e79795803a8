package io.grayrelease.gateway.triple;

import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.common.extension.Activate;
import org.apache.dubbo.rpc.Filter;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.Result;
import org.apache.dubbo.rpc.RpcException;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.jspecify.annotations.Nullable;

import io.grayrelease.dubbo.context.GrayPropagator;
import io.grayrelease.gateway.ForgeableNames;
import io.grayrelease.gateway.TagSigner;

/**
 * Signs the tags of the calls that this application makes, where it has keys, so that a port that serves outside callers too
 * believes them. It comes last: nothing changes them any more.
 */
@Activate(group = CommonConstants.CONSUMER, order = Integer.MAX_VALUE - 10)
public final class SigningFilter implements Filter {
    private final @Nullable TagSigner signer;

    public SigningFilter(ApplicationModel model) {
        this.signer = TripleEntry.of(model).signer();
    }

    @Override
    public Result invoke(Invoker<?> invoker, Invocation invocation) throws RpcException {
        String tags = signer == null ? null : invocation.getAttachment(GrayPropagator.TAG);
        if (signer != null && tags != null) {
            String signature = signer.sign(tags, invocation.getAttachment(GrayPropagator.UID));
            invocation.setAttachment(ForgeableNames.ATTACHED_SIGNATURE, signature);
        }
        return invoker.invoke(invocation);
    }
}
