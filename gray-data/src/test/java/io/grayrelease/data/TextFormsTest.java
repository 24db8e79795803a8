package io.grayrelease.data;

import java.sql.SQLDataException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.grayrelease.policy.model.DataPhase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TextFormsTest {
    @Test
    void image_writtenAndRead_isTheSame() throws Exception {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("id", "1");
        row.put("customer", "An\"n\n例");
        row.put("amount", null);
        Image image = ImageText.read(ImageText.write(Image.written(row, Map.of("channel", "web"))));

        assertThat(image.shared()).isEqualTo(row);
        assertThat(image.onlyNew()).isEqualTo(Map.of("channel", "web"));
        assertThat(image.isDeleted()).isFalse();
    }

    @Test
    void image_ofADeletedRow_isItsKey() throws Exception {
        String text = ImageText.write(Image.deleted(Map.of("id", "1")));

        assertThat(text).isEqualTo("{\"deleted\":{\"id\":\"1\"}}");
        assertThat(ImageText.read(text).isDeleted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"row\":1}",
                "{\"new\":{}}",
                "{\"row\":{\"a\":{}}}",
                "{\"row\":{},\"x\":{}}"
            })
    void image_ofAnythingElse_isAFaultOfTheRow(String text) {
        assertThatThrownBy(() -> ImageText.read(text))
                .isInstanceOfSatisfying(SQLDataException.class, fault -> assertThat(Faults.isOfRow(fault))
                        .isTrue())
                .hasMessageContaining("expected {\"row\": ...}");
    }

    @Test
    void keysOfSeveralColumns_thatDiffer_haveTextsThatDiffer() {
        assertThat(key("a", "b1:c")).isNotEqualTo(key("a1:b", "c"));
        assertThat(key("1", "23")).isNotEqualTo(key("12", "3"));
        assertThatThrownBy(() -> key("a", null)).hasMessage("two: found null, expected the value of a key");
        assertThatThrownBy(() -> key("a", "b".repeat(255))).hasMessageContaining("expected at most 255");
    }

    private static String key(String one, String two) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("one", one);
        row.put("two", two);
        return KeyText.of(Arrays.asList("one", "two"), row);
    }

    @Test
    void versions_ofALaterEpoch_areHigher() {
        assertThat(Version.first(1)).isEqualTo(281474976710657L);
        assertThat(Version.first(2)).isGreaterThan(Version.first(1) + 1_000_000_000_000L);
        assertThat(Version.epoch(Version.first(3) + 7)).isEqualTo(3);
        assertThatThrownBy(() -> Version.first(0)).hasMessage("epoch: found 0, expected 1 to 32767");
    }

    @Test
    void table_thatCannotBe_isRefused() {
        assertThatThrownBy(() -> Table.named("orders").build())
                .hasMessage("orders: found no key, expected at least one column");
        assertThatThrownBy(() -> Table.named("orders").key("id").shared("id").build())
                .hasMessage("orders: found column id twice, expected once");
        assertThatThrownBy(() -> Table.named("orders").key("id; DROP TABLE x"))
                .hasMessageStartingWith("name: found id; DROP TABLE x, expected");
        assertThat(Table.named("\"order\"").key("id").build().oldName()).isEqualTo("\"order\"");
        assertThat(List.of(DataPhase.values())).filteredOn(Fact::captures).hasSize(3);
    }
}
