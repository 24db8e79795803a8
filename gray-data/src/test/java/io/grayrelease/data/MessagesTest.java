package io.grayrelease.data;

import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MessagesTest {
    private static final Route ROUTE = Route.toNew("order-v2");
    private static final Event EVENT =
            Event.of("k \"1\" é 订", Version.first(1), "{\"row\":{\"id\":\"1\",\"customer\":null}}");

    @Test
    void message_ofTheRoute_isTheEvent() {
        Event read = Messages.read(ROUTE, Messages.write(ROUTE, EVENT)).orElseThrow();

        assertThat(read).usingRecursiveComparison().isEqualTo(EVENT);
    }

    @Test
    void message_ofAnotherMigrationOrDirection_isNone() {
        assertThat(Messages.read(Route.toOld("order-v2"), Messages.write(ROUTE, EVENT)))
                .isEmpty();
        assertThat(Messages.read(Route.toNew("order-v3"), Messages.write(ROUTE, EVENT)))
                .isEmpty();
    }

    @Test
    void message_ofSomebodyElse_isRefused() {
        for (String text : new String[] {"", "hello", "{}", "[1]", "{\"route\":\"order-v2_to-new\",\"key\":\"1\"}"}) {
            assertThatThrownBy(() -> Messages.read(ROUTE, text.getBytes(UTF_8)))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
