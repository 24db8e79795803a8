package io.grayrelease.dubbo.context.messaging;

import org.apache.rocketmq.common.message.Message;
import org.junit.jupiter.api.Test;

import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.policy.model.Tags;

import static org.assertj.core.api.Assertions.assertThat;

class GrayRocketMqTest {
    private static final GrayContext TESTER = GrayContext.decided(Tags.of("T", "U"), "7");

    private final Message message = new Message("topic", "tag", new byte[] {1});

    @Test
    void inject_thenExtract_isTheSameContext() {
        injectWith(TESTER);

        assertThat(message.getUserProperty("gray-tag")).isEqualTo("T,U");
        assertThat(message.getUserProperty("gray-uid")).isEqualTo("7");
        assertThat(GrayRocketMq.extract(message)).isEqualTo(TESTER);
    }

    @Test
    void inject_leavesTopicTagAndFlagsAlone() {
        injectWith(TESTER);

        assertThat(message.getTags()).isEqualTo("tag");
        assertThat(message.isWaitStoreMsgOK()).isTrue();
    }

    @Test
    void inject_baseline_travelsAsDecided() {
        injectWith(GrayContext.decided(Tags.NONE, null));

        assertThat(GrayRocketMq.extract(message)).isEqualTo(GrayContext.decided(Tags.NONE, null));
    }

    @Test
    void inject_messageWithoutProperties_works() {
        Message empty = new Message();

        try (GrayContext.Scope scope = GrayContext.open(TESTER)) {
            GrayRocketMq.inject(empty);
        }

        assertThat(GrayRocketMq.extract(empty)).isEqualTo(TESTER);
    }

    @Test
    void inject_noContext_writesAndRemovesNothing() {
        message.putUserProperty("gray-uid", "8");

        GrayRocketMq.inject(message);

        assertThat(GrayRocketMq.extract(message)).isEqualTo(GrayContext.undecided("8"));
    }

    @Test
    void inject_tagOfTheSender_isLeftWithItsUid() {
        message.putUserProperty("gray-tag", "mine");
        message.putUserProperty("gray-uid", "8");

        injectWith(TESTER);

        assertThat(GrayRocketMq.extract(message)).isEqualTo(GrayContext.decided(Tags.of("mine"), "8"));
    }

    @Test
    void inject_earlierUid_isReplaced() {
        message.putUserProperty("gray-uid", "8");

        injectWith(GrayContext.undecided("7"));
        assertThat(GrayRocketMq.extract(message)).isEqualTo(GrayContext.undecided("7"));

        injectWith(GrayContext.decided(Tags.of("T"), null));
        assertThat(GrayRocketMq.extract(message)).isEqualTo(GrayContext.decided(Tags.of("T"), null));
    }

    @Test
    void inject_uidThatIsNoAsciiOrBlank_isLeftOut() {
        injectWith(GrayContext.undecided("\u5f20"));
        injectWith(GrayContext.undecided("  "));

        assertThat(GrayRocketMq.extract(message)).isEqualTo(GrayContext.NONE);
    }

    @Test
    void extract_nothing_isNone() {
        assertThat(GrayRocketMq.extract(message)).isEqualTo(GrayContext.NONE);
        assertThat(GrayRocketMq.extract(new Message())).isEqualTo(GrayContext.NONE);
    }

    @Test
    void extract_malformed_isBaseline() {
        message.putUserProperty("gray-tag", "a,,b");

        assertThat(GrayRocketMq.extract(message)).isEqualTo(GrayContext.decided(Tags.NONE, null));
    }

    private void injectWith(GrayContext context) {
        try (GrayContext.Scope scope = GrayContext.open(context)) {
            GrayRocketMq.inject(message);
        }
    }
}
