package io.grayrelease.matrix.app;

import java.util.Map;

import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.PenetrateAttachmentSelector;
import org.apache.dubbo.rpc.RpcContextAttachment;

/** A service's own selector, with which Dubbo forwards nothing by itself. */
public final class NothingSelector implements PenetrateAttachmentSelector {
    @Override
    public Map<String, Object> select(Invocation invocation, RpcContextAttachment client, RpcContextAttachment server) {
        return Map.of();
    }

    @Override
    public Map<String, Object> selectReverse(
            Invocation invocation, RpcContextAttachment clientResponse, RpcContextAttachment serverResponse) {
        return Map.of();
    }
}
