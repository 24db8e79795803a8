package io.grayrelease.spring;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;

import io.grayrelease.spring.ServletStarterTest.NoClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a start says: of wrong properties, and of a policy that will not come. */
class StartTest {
    @TempDir
    private Path folder;

    private RunningApp start(String... properties) {
        return RunningApp.startBare(WebApplicationType.SERVLET, NoClient.class, properties);
    }

    @ParameterizedTest
    @CsvSource({
        "gray.entry.uid-sources=x-uid, 'gray.entry.uid-sources: found \"x-uid\", expected header:<name>'",
        "gray.entry.signature-life=-5m, gray.entry.signature-life: a signature's life of PT-5M",
        "gray.entry.signing-keys=short, gray.entry.signing-keys: a key of 5 bytes",
        "gray.entry.response-header=a b, 'gray.entry.response-header: found \"a b\", expected the name of a header'",
        "gray.source=/x, gray: gray.source=/x: expected apollo or file:<path>",
        "dubbo.gray.source=/x, gray: dubbo.gray.source=/x: expected apollo or file:<path>"
    })
    void aWrongProperty_isNamedInABox_withoutAStackTrace(String property, String message) throws Exception {
        try (Output output = Output.capture()) {
            assertThatThrownBy(() -> start(property)).hasStackTraceContaining(message);

            assertThat(output.text())
                    .contains("APPLICATION FAILED TO START", message, "Give the property a value as expected.")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void switchedOff_isSaid() throws Exception {
        try (Output output = Output.capture();
                RunningApp app = start("gray.enabled=false")) {
            assertThat(output.text())
                    .contains("gray: HTTP entry switched off by gray.enabled, EDGE, uid from [header:x-uid]");
            assertThat(app.get("/actuator/gray")).contains("\"why\":\"switched off by gray.enabled");
            assertThat(app.get("/actuator/health")).contains("switched off by gray.enabled");
            assertThat(app.get("/seen", "x-uid", "7", "x-gray-tag", "gray")).isEqualTo("- of 7, header null");
        }
    }

    @Test
    void withoutASource_isWarnedOf() throws Exception {
        try (Output output = Output.capture();
                RunningApp app = start("gray.cache-dir=" + folder)) {
            assertThat(output.text())
                    .containsPattern("WARN .*gray: HTTP entry active, EDGE, .*no policy source is configured")
                    .doesNotContain("policy from apollo");
            assertThat(app.get("/actuator/gray/uid=1001")).contains("no policy source is configured");
        }
    }

    @Test
    void aPolicyThatHasNotCome_isExplained() {
        try (RunningApp app = start("gray.source=file:" + folder.resolve("none"), "gray.cache-dir=" + folder)) {
            assertThat(app.get("/actuator/gray/uid=1001"))
                    .contains(
                            "\"policy\":\"none\"",
                            "\"why\":\"none has come from its source yet: no request is decided\"");
        }
    }
}
