package io.grayrelease.dubbo.context;

import java.nio.file.Paths;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GraySettingsTest {
    private static GraySettings read(Map<String, String> properties) {
        return GraySettings.read("order-app", properties::get);
    }

    @Test
    void nothingSet_hasTheDefaults() {
        GraySettings settings = read(Map.of());

        assertThat(settings.enabled()).isTrue();
        assertThat(settings.sourceFile()).isNull();
        assertThat(settings.namespace()).isEqualTo("gray-policy");
        assertThat(settings.uidKeys()).containsExactly("gray-uid", "uid");
        assertThat(settings.cacheDir()).isEqualTo(Paths.get(System.getProperty("user.home"), ".gray", "order-app"));
        assertThat(settings.version()).isNull();
    }

    @Test
    void everythingSet_isTaken() {
        GraySettings settings = read(Map.of(
                "dubbo.gray.enabled", "false",
                "dubbo.gray.source", "file:/etc/gray.properties",
                "dubbo.gray.namespace", "other",
                "dubbo.gray.uid-keys", " a , b,",
                "dubbo.gray.cache-dir", "/var/gray",
                "dubbo.gray.version", "2.0.0"));

        assertThat(settings.enabled()).isFalse();
        assertThat(settings.sourceFile()).isEqualTo(Paths.get("/etc/gray.properties"));
        assertThat(settings.namespace()).isEqualTo("other");
        assertThat(settings.uidKeys()).containsExactly("a", "b");
        assertThat(settings.cacheDir()).isEqualTo(Paths.get("/var/gray"));
        assertThat(settings.version()).isEqualTo("2.0.0");
    }

    @ParameterizedTest
    @CsvSource({
        "dubbo.gray.enabled, yes, true or false",
        "dubbo.gray.source, zookeeper, apollo or file:<path>",
        "dubbo.gray.source, file:, apollo or file:<path>",
        "dubbo.gray.uid-keys, ',', names separated by commas"
    })
    void wrongSetting_failsWithPropertyFoundAndExpected(String key, String value, String expected) {
        assertThatThrownBy(() -> read(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key + "=" + value)
                .hasMessageContaining(expected);
    }

    @Test
    void wrongSetting_isCalledAsItWasWritten() {
        assertThatThrownBy(() -> GraySettings.read(
                        "order-app", Map.of("dubbo.gray.source", "/x")::get, name -> name.substring("dubbo.".length())))
                .hasMessage("gray: gray.source=/x: expected apollo or file:<path>");
    }
}
