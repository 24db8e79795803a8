package io.grayrelease.gateway.triple;

import java.util.Map;
import java.util.TreeMap;

import org.apache.dubbo.remoting.http12.HttpRequest;
import org.apache.dubbo.rpc.RpcContext;

import io.opentelemetry.api.baggage.Baggage;

/** A class of its own: Triple finds no methods for HTTP in a lambda. */
public final class AttachedService implements Attached {
    @Override
    public String attached(String what) {
        return new TreeMap<>(seen(what)).toString();
    }

    private static Map<String, ?> seen(String what) {
        return switch (what) {
            case "request" -> ((HttpRequest) RpcContext.getServiceContext().getRequest())
                    .headers()
                    .asMap();
            case "baggage" -> baggage();
            default -> RpcContext.getServerAttachment().getObjectAttachments();
        };
    }

    private static Map<String, String> baggage() {
        Map<String, String> members = new TreeMap<>();
        Baggage.current().forEach((name, member) -> members.put(name, member.getValue()));
        return members;
    }
}
