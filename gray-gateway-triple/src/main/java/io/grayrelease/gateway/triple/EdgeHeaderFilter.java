package io.grayrelease.gateway.triple;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.apache.dubbo.common.extension.Activate;
import org.apache.dubbo.rpc.HeaderFilter;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.RpcException;
import org.apache.dubbo.rpc.RpcInvocation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.dubbo.context.CurrentRequest;
import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.dubbo.context.GrayPropagator;
import io.grayrelease.gateway.Entry;
import io.grayrelease.gateway.ForgeableNames;
import io.grayrelease.policy.model.Baggage;

/**
 * What comes to a Triple port, before any Filter sees it. At an edge, what callers say of tags is taken away: Triple makes an
 * attachment of every HTTP header, also under names that the caller chooses ({@code tri-header-convert}), so it looks at what has
 * become of them. The provider filter then decides, and sees all that the HTTP request has.
 */
@Activate
public final class EdgeHeaderFilter implements HeaderFilter {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeHeaderFilter.class);

    private volatile boolean warned;

    @Override
    public RpcInvocation invoke(Invoker<?> invoker, RpcInvocation invocation) throws RpcException {
        TripleEntry triple = TripleEntry.of(invoker.getUrl().getOrDefaultApplicationModel());
        Map<String, Object> attachments = invocation.getObjectAttachments();
        attachments.remove(null); // a header converted to nothing: nobody means one, and Dubbo's own filters fail on it
        if (triple.entry().isEdge()) {
            keepSigned(triple, attachments);
        }
        boolean isDecided = attachments.containsKey(GrayPropagator.TAG);
        if (triple.entry().isEdge() || !isDecided) {
            tellRequest(triple.entry(), isDecided, invocation);
        }
        return invocation;
    }

    /** Leaves of all tags those that our own services have signed. */
    private static void keepSigned(TripleEntry triple, Map<String, Object> attachments) {
        GrayContext signed = Signatures.believed(attachments, triple.signer());
        if (clean(attachments) && signed == null) {
            triple.entry().counts().countForged();
        }
        if (signed != null) {
            GrayPropagator.inject(signed, attachments::put);
        }
    }

    private void tellRequest(Entry entry, boolean isDecided, RpcInvocation invocation) {
        try {
            TripleHead head = TripleHead.of(invocation);
            if (head == null) {
                return;
            }
            if (entry.isEdge()) {
                if (!isDecided) {
                    invocation.put(CurrentRequest.OUTSIDE, true); // first: it holds even if what follows fails
                }
                head.clean(); // also where tags are believed: the application may copy what it sees to where more is
            }
            if (!isDecided) {
                invocation.put(CurrentRequest.VALUES, entry.values(head));
            }
        } catch (RuntimeException | LinkageError e) { // another Dubbo than we know
            if (!warned) {
                warned = true;
                LOG.warn("gray: a call is decided without its cookies and parameters; said once", e);
            }
        }
    }

    /** Whether anything had to be taken away. */
    private static boolean clean(Map<String, Object> attachments) {
        int before = attachments.size();
        attachments.keySet().removeIf(ForgeableNames::contain);
        boolean forged = attachments.size() < before;
        Iterator<Map.Entry<String, Object>> entries = attachments.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, Object> entry = entries.next();
            if (Baggage.HEADER.equalsIgnoreCase(entry.getKey())) {
                List<String> members = Collections.singletonList(String.valueOf(entry.getValue()));
                forged |= Baggage.hasTag(members);
                String others = Baggage.without(members);
                if (others == null) {
                    entries.remove();
                } else {
                    entry.setValue(others);
                }
            }
        }
        return forged;
    }
}
