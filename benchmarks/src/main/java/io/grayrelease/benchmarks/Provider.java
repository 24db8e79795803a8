package io.grayrelease.benchmarks;

import org.apache.dubbo.common.URL;
import org.apache.dubbo.rpc.AppResponse;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.Result;

/** A provider that answers every call with the same result, so that nothing is measured but what is around it. */
record Provider(URL url, Result answer) implements Invoker<EchoService> {
    static Provider at(URL url) {
        return new Provider(url, new AppResponse("done"));
    }

    @Override
    public Class<EchoService> getInterface() {
        return EchoService.class;
    }

    @Override
    public Result invoke(Invocation invocation) {
        return answer;
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
}
