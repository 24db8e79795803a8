package io.grayrelease.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReachableTest {
    @Test
    void somebodyListens_isFine_andNobodyIsSaidInOneSentence() throws IOException {
        String address;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = "127.0.0.1:" + server.getLocalPort();
            assertThatCode(() -> Reachable.check("ZooKeeper", "tcp://" + address))
                    .doesNotThrowAnyException();
        }
        assertThatThrownBy(() -> Reachable.check("ZooKeeper", "tcp://" + address))
                .isInstanceOf(DemoException.class)
                .hasMessage("no ZooKeeper answers at " + address);
    }

    @Test
    void noAddress_isSaidInOneSentence() {
        assertThatThrownBy(() -> Reachable.check("ZooKeeper", "tcp://somewhere"))
                .hasMessage("the address of ZooKeeper has no host or no port: tcp://somewhere");
        assertThatThrownBy(() -> Reachable.check("Apollo", "somewhere"))
                .hasMessage("the address of Apollo has no host or no port: somewhere");
        assertThatThrownBy(() -> Reachable.check("Apollo", "no address"))
                .hasMessage("the address of Apollo cannot be read: no address");
    }
}
