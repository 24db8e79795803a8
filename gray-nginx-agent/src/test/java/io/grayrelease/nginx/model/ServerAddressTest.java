package io.grayrelease.nginx.model;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ServerAddressTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.1:8080, 10.0.0.1:8080",
        "10.0.0.1:08080, 10.0.0.1:8080",
        "[fd00::1]:8080, [fd00::1]:8080",
        "fd00::1:8080, [fd00::1]:8080",
        "fd00:0:0:0:0:0:0:1:8080, [fd00::1]:8080",
        "[FD00:0000::0001]:8080, [fd00::1]:8080",
        "::1:80, [::1]:80",
        "[::]:80, [::]:80",
        "[::ffff:10.0.0.1]:80, 10.0.0.1:80",
        "[2001:db8:1:2:3:4:5:6]:65535, [2001:db8:1:2:3:4:5:6]:65535",
        "[2001:db8:0:2:0:0:0:6]:1, [2001:db8:0:2::6]:1"
    })
    void address_hasOneSpelling(String text, String address) {
        assertThat(ServerAddress.of(text)).isEqualTo(address);
        assertThat(ServerAddress.of(address)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":80",
                "10.0.0.1",
                "10.0.0.1:",
                "10.0.0.1:0",
                "10.0.0.1:65536",
                "10.0.0.1:-1",
                "10.0.0.1:8o",
                "10.0.0.256:80",
                "010.0.0.1:80",
                "host:80",
                "order-app.svc:80",
                "localhost:80",
                "fe80::1%eth0:80",
                "10.0.0.1; include x:80",
                "10.0.0.1:80;"
            })
    void other_isNone(String text) {
        assertThat(ServerAddress.of(text)).isNull();
    }

    @Test
    void port_isReplaced() {
        assertThat(ServerAddress.withPort("10.0.0.1:20880", "8080")).isEqualTo("10.0.0.1:8080");
        assertThat(ServerAddress.withPort("[fd00::1]:20880", "8080")).isEqualTo("[fd00::1]:8080");
        assertThat(ServerAddress.withPort("10.0.0.1:20880", "eighty")).isNull();
    }
}
