package io.grayrelease.data;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.grayrelease.policy.model.DataPhase;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.model.Tags;
import io.grayrelease.policy.parse.PolicyParser;

import static org.assertj.core.api.Assertions.assertThat;

class PolicyWishTest {
    private final Map<String, String> text = new HashMap<>();
    private Tags tags = Tags.NONE;
    private final PolicyWish wish = new PolicyWish("order-v2", this::policy, () -> tags);

    private GrayPolicy policy() {
        return text.isEmpty() ? null : PolicyParser.parse(Snapshot.of(text)).policy();
    }

    @Test
    void noPolicyYet_isNoWish() {
        assertThat(wish.phase()).isNull();
        assertThat(wish.readsNew()).isFalse();
    }

    @Test
    void noKey_isOldOnly() {
        text.put("gray.switch", "on");
        assertThat(wish.phase()).isEqualTo(DataPhase.OLD_ONLY);
        assertThat(wish.readsNew()).isFalse();
    }

    @Test
    void grayRead_isForItsTag() {
        text.put("gray.route.v2", "com.acme.OrderService:2.0.0");
        text.put("gray.data.order-v2", "GRAY_READ; read=v2");
        assertThat(wish.phase()).isEqualTo(DataPhase.GRAY_READ);
        assertThat(wish.readsNew()).isFalse();
        tags = Tags.of("v2");
        assertThat(wish.readsNew()).isTrue();
        text.put("gray.switch", "off");
        assertThat(wish.readsNew()).isFalse();
    }

    @Test
    void others_areThoseOfAPolicyWithoutThisMigration() {
        assertThat(wish.others()).isEmpty();
        text.put("gray.switch", "on");
        assertThat(wish.others()).isEmpty();
        text.put("gray.data.orders-v2", "CAPTURE");
        assertThat(wish.others()).containsExactly("orders-v2");
        text.put("gray.data.order-v2", "CAPTURE");
        assertThat(wish.others()).isEmpty();
    }

    @Test
    void capture_isReadByNobody() {
        text.put("gray.route.v2", "com.acme.OrderService:2.0.0");
        text.put("gray.data.order-v2", "CAPTURE; read=v2");
        tags = Tags.of("v2");
        assertThat(wish.readsNew()).isFalse();
    }
}
