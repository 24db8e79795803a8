package io.grayrelease.dubbo.context;

import java.util.List;

import org.apache.dubbo.rpc.RpcContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

class CurrentRequestTest {
    private static final List<String> UID_KEYS = List.of("gray-uid", "userId");

    @AfterEach
    void endRequest() {
        RpcContext.removeServerAttachment();
    }

    @Test
    void respellReceived_headersInAnotherCase_haveOurNamesOnly() {
        receive("Gray-Tag", "T");
        receive("Userid", "7");
        receive("X-Other", "stays");

        CurrentRequest.respellReceived(UID_KEYS);

        assertThat(RpcContext.getServerAttachment().getObjectAttachments())
                .containsOnly(entry("gray-tag", "T"), entry("userId", "7"), entry("X-Other", "stays"));
    }

    @Test
    void respellReceived_bothSpellings_keepsOurs() {
        receive("GRAY-TAG", "other");
        receive("gray-tag", "T");

        CurrentRequest.respellReceived(UID_KEYS);

        assertThat(RpcContext.getServerAttachment().getObjectAttachments()).containsOnly(entry("gray-tag", "T"));
    }

    @Test
    void respellReceived_nothingReceived_doesNothing() {
        CurrentRequest.respellReceived(UID_KEYS);

        assertThat(RpcContext.getServerAttachment().getObjectAttachments()).isEmpty();
    }

    private static void receive(String key, String value) {
        RpcContext.getServerAttachment().setAttachment(key, value);
    }
}
