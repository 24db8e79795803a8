package io.grayrelease.gateway.triple;

import java.util.Collections;
import java.util.Iterator;
import java.util.Map;

import org.apache.dubbo.common.extension.Activate;
import org.apache.dubbo.rpc.HeaderFilter;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.RpcException;
import org.apache.dubbo.rpc.RpcInvocation;
import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.Baggage;
import io.grayrelease.gateway.ForgeableNames;

/**
 * Takes away what outside callers of a Triple port say of tags, before any Filter sees it: Triple makes an attachment of every
 * HTTP header, also under names that the caller chooses ({@code tri-header-convert}), so it looks at what has become of them. The
 * provider filter then decides the request as one that arrives without tags.
 */
@Activate
public final class EdgeHeaderFilter implements HeaderFilter {
    @Override
    public RpcInvocation invoke(Invoker<?> invoker, RpcInvocation invocation) throws RpcException {
        if (EdgeRole.of(invoker.getUrl().getOrDefaultApplicationModel()).isEdge()) {
            clean(invocation.getObjectAttachments());
        }
        return invocation;
    }

    private static void clean(Map<String, Object> attachments) {
        Iterator<Map.Entry<String, Object>> entries = attachments.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, Object> entry = entries.next();
            if (ForgeableNames.contain(entry.getKey())) {
                entries.remove();
            } else if (Baggage.HEADER.equalsIgnoreCase(entry.getKey())) {
                String others = others(entry.getValue());
                if (others == null) {
                    entries.remove();
                } else {
                    entry.setValue(others);
                }
            }
        }
    }

    private static @Nullable String others(@Nullable Object baggage) {
        return Baggage.without(Collections.singletonList(String.valueOf(baggage)));
    }
}
