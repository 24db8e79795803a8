package io.grayrelease.dubbo.router;

import org.apache.dubbo.common.URL;
import org.apache.dubbo.rpc.AsyncRpcResult;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.Result;

/** A provider address as a directory holds it; the router looks at its URL only. */
class FakeProvider implements Invoker<TestService> {
    private final URL url;

    FakeProvider(URL url) {
        this.url = url;
    }

    @Override
    public Class<TestService> getInterface() {
        return TestService.class;
    }

    @Override
    public Result invoke(Invocation invocation) {
        return AsyncRpcResult.newDefaultAsyncResult(getUrl().getAddress(), invocation);
    }

    @Override
    public URL getUrl() {
        return url;
    }

    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public void destroy() {}

    @Override
    public String toString() {
        String version = url.getUrlParam().getParameter("gray.version");
        return url.getRemoteApplication() + ":" + (version == null ? "none" : version);
    }
}
