package io.grayrelease.gateway.triple;

import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.common.extension.Activate;
import org.apache.dubbo.rpc.Filter;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.Result;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.context.Scope;

/** What OpenTelemetry's agent does before any filter of ours: it makes current what the caller said. */
@Activate(group = CommonConstants.PROVIDER, order = -20_000)
public final class AgentFilter implements Filter {
    @Override
    public Result invoke(Invoker<?> invoker, Invocation invocation) {
        Baggage said = Baggage.builder().put("a", "b").put("gray.tag", "forged").build();
        try (Scope scope = said.makeCurrent()) {
            return invoker.invoke(invocation);
        }
    }
}
