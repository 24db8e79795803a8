package io.grayrelease.demo.provider;

import org.apache.dubbo.rpc.RpcContext;

import io.grayrelease.demo.api.Hop;

/** Says, for the demo's tables, which service was called and with which tag. */
public final class Witness {
    private final String service;
    private final String version;

    public Witness(String service, String version) {
        this.service = service;
        this.version = version;
    }

    /** This service in the request that the thread serves. */
    public Hop hop() {
        String tag = RpcContext.getServerAttachment().getAttachment("gray-tag");
        return Hop.of(service, version, tag == null ? "none" : tag);
    }
}
