package io.grayrelease.gateway.triple;

import java.util.TreeMap;

import org.apache.dubbo.rpc.RpcContext;

/** A class of its own: Triple finds no methods for HTTP in a lambda. */
public final class AttachedService implements Attached {
    @Override
    public String attached(String unused) {
        return new TreeMap<>(RpcContext.getServerAttachment().getObjectAttachments()).toString();
    }
}
