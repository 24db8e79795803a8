package io.grayrelease.dubbo.filter;

import org.apache.dubbo.rpc.RpcInvocation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RestCallsTest {
    @Test
    void contain_callByAnHttpClient_only() {
        assertThat(RestCalls.contain(handledAs("rest"))).isTrue();
        assertThat(RestCalls.contain(handledAs("grpc"))).isFalse();
        assertThat(RestCalls.contain(call())).isFalse();
    }

    private static RpcInvocation handledAs(String type) {
        RpcInvocation invocation = call();
        invocation.put("tri.handler.type", type);
        return invocation;
    }

    private static RpcInvocation call() {
        return new RpcInvocation(null, "call", "Service", "Service", new Class<?>[0], new Object[0]);
    }
}
