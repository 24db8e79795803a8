package io.grayrelease.zookeeper.providers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProviderUrlTest {
    private static final String SERVICE = "com.acme.OrderService";

    @ParameterizedTest
    @CsvSource({
        "dubbo%3A%2F%2F10.0.0.1%3A20880%2Fcom.acme.OrderService%3Fapplication%3Dorder-app%26gray.version%3D2.0.0, order-app, 2.0.0",
        "dubbo%3A%2F%2F10.0.0.1%3A20880%2Fx%3Fapplication.version%3D1.0.0%26gray.version%3D2.0.0%26application%3Da, a, 2.0.0",
        "dubbo%3A%2F%2F10.0.0.1%3A20880%2Fx%3Fapplication.version%3D1.0.0%26gray.version%3D%26application%3Da, a, 1.0.0",
        "dubbo%3A%2F%2F10.0.0.1%3A20880%2Fx%3Fversion%3D3.0.0%26application%3D,,",
        "tri%3A%2F%2Fann%3Asecret%4010.0.0.1%3A20880,,"
    })
    void url_saysApplicationAndVersion(String node, String application, String version) {
        assertThat(ProviderUrl.read(SERVICE, node))
                .isEqualTo(Provider.of(SERVICE, application, version, "10.0.0.1:20880"));
    }

    @Test
    void values_thatNoUriMayHave_areRead() {
        Provider provider = ProviderUrl.read(
                SERVICE,
                "dubbo%3A%2F%2F%5B%3A%3A1%5D%3A20880%2Fx%3Fpath%3Da+b%7Cc%26application%3D%E4%B8%80%26gray.version%3D2");

        assertThat(provider).isEqualTo(Provider.of(SERVICE, "一", "2", "[::1]:20880"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.1:20880", "%zz"})
    void name_ofSomethingElse_isRefused(String node) {
        assertThatThrownBy(() -> ProviderUrl.read(SERVICE, node)).isInstanceOf(IllegalArgumentException.class);
    }
}
