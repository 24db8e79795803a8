package io.grayrelease.gateway;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClientAddressTest {
    private final ClientAddress behind = ClientAddress.behind(List.of("10.0.0.0/8", "::1"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.1  | 203.0.113.9                    | 203.0.113.9",
                "10.0.0.1  | 198.51.100.7, 203.0.113.9      | 203.0.113.9",
                "10.0.0.1  | 203.0.113.9, 10.0.0.7          | 203.0.113.9",
                "::1       | 203.0.113.9                    | 203.0.113.9",
                "192.0.2.1 | 203.0.113.9                    | 192.0.2.1",
                "10.0.0.1  | 10.0.0.8, 10.0.0.7             | 10.0.0.8",
                "10.0.0.1  | 203.0.113.9:4711               | 203.0.113.9",
                "10.0.0.1  | 203.0.113.9:0                  | 10.0.0.1",
                "10.0.0.1  | 203.0.113.9:65536              | 10.0.0.1",
                "10.0.0.1  | [2001:db8::1]:4711             | 2001:db8::1",
                "10.0.0.1  | [2001:db8::1]                  | 10.0.0.1",
                "10.0.0.1  | 203.0.113.9,                   | 203.0.113.9",
                "10.0.0.1  | 203.0.113.9,,10.0.0.2          | 203.0.113.9",
                "10.0.0.1  | 203.0.113.9 10.0.0.2           | 203.0.113.9",
                "10.0.0.1  | ','                            | 10.0.0.1",
                "10.0.0.1  | 203.0.113.9, garbage           | 10.0.0.1",
                "10.0.0.1  | 203.0.113.9, garbage, 10.0.0.7 | 10.0.0.7"
            })
    void theLastOneThatIsNoTrustedProxy(String peer, String forwarded, String client) {
        assertThat(behind.of(Head.of("X-Forwarded-For", forwarded).from(peer))).isEqualTo(client);
    }

    @Test
    void severalHeaders_areOneList() {
        Head head = Head.of("x-forwarded-for", "203.0.113.9", "X-Forwarded-For", "10.0.0.7")
                .from("10.0.0.1");

        assertThat(behind.of(head)).isEqualTo("203.0.113.9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fe80::1%4", "fe80:0:0:0:0:0:0:1%eth0", "fe80::1"})
    void aLinkLocalProxy_isTrustedOnEveryInterface(String peer) {
        ClientAddress behindLocal = ClientAddress.behind(List.of("fe80::/10"));

        assertThat(behindLocal.of(Head.of("x-forwarded-for", "203.0.113.9").from(peer)))
                .isEqualTo("203.0.113.9");
        assertThat(behindLocal.of(Head.of().from(peer))).doesNotContain("%");
        assertThat(behind.of(Head.of().from(peer))).doesNotContain("%");
    }

    @Test
    void withoutTrust_itIsThePeer() {
        Head head = Head.of("x-forwarded-for", "203.0.113.9").from("10.0.0.1");

        assertThat(ClientAddress.behind(List.of()).of(head)).isEqualTo("10.0.0.1");
        assertThatThrownBy(() -> ClientAddress.behind(List.of("localhost")))
                .hasMessageContaining("\"localhost\", expected");
    }
}
