package io.grayrelease.dubbo.context;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;

import org.apache.dubbo.rpc.RpcContext;

import io.grayrelease.policy.model.Tags;

/** Requests, and what is left of them on the single thread of a pool. */
final class OtherThreads {
    static final GrayContext GRAY = GrayContext.decided(Tags.of("T", "U"), "10086");
    static final GrayContext OTHER = GrayContext.decided(Tags.NONE, "7");

    private OtherThreads() {}

    /** As Dubbo does it when a request of {@link #GRAY} reaches this thread. */
    static void serve() {
        RpcContext.getServerAttachment().setAttachment("gray-tag", "T,U");
        RpcContext.getServerAttachment().setAttachment("gray-uid", "10086");
    }

    /** What the next task on the pool's thread finds. */
    static GrayContext leftOn(ExecutorService bare) throws Exception {
        return bare.submit((Callable<GrayContext>) GrayContext::current).get();
    }
}
