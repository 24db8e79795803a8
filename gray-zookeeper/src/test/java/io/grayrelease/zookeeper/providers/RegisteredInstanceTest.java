package io.grayrelease.zookeeper.providers;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RegisteredInstanceTest {
    @Test
    void instance_ofDubbo_isRead() {
        RegisteredInstance instance = read(
                """
                {"name":"order-app","id":"10.0.0.1:20880","address":"10.0.0.1","port":20880,"sslPort":null,
                 "payload":{"@class":"org.apache.dubbo.registry.zookeeper.ZookeeperInstance","id":"10.0.0.1:20880",
                 "name":"order-app","metadata":{"gray.version":"2.0.0","dubbo.metadata.revision":"ab","n":null}},
                 "registrationTimeUTC":1,"serviceType":"DYNAMIC","uriSpec":null}
                """);

        assertThat(instance.address()).isEqualTo("10.0.0.1:20880");
        assertThat(instance.version()).isEqualTo("2.0.0");
        assertThat(instance.revision()).isEqualTo("ab");
    }

    @Test
    void instance_withoutMetadata_hasNoVersion() {
        RegisteredInstance instance = read("{\"address\":\"10.0.0.1\",\"port\":8080,\"payload\":null}");

        assertThat(instance.address()).isEqualTo("10.0.0.1:8080");
        assertThat(instance.version()).isNull();
        assertThat(instance.revision()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.1",
                "[]",
                "{}",
                "{\"address\":\"a\",\"port\":\"x\"}",
                "{\"address\":{},\"port\":1}",
                "{"
            })
    void data_ofSomethingElse_isRefused(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected JSON with address");
    }

    private static RegisteredInstance read(String json) {
        return RegisteredInstance.read("order-app", json.getBytes(StandardCharsets.UTF_8));
    }
}
