package io.grayrelease.zookeeper;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class InstanceTextTest {
    private static final Instance FULL = Instance.builder()
            .setApplication("order-app")
            .setAddress("10.0.0.1:20880")
            .setVersion("2.0.0")
            .setSource("apollo gray-policy")
            .setStatus(Instance.Status.REJECTED)
            .setPolicy("cffe0e4453c7")
            .setAcceptedAt(Instant.parse("2026-11-24T08:00:00.123Z"))
            .setRejected("25f5b3f18ec8")
            .setRejectedAt(Instant.parse("2026-11-24T09:00:00Z"))
            .setProblems(Arrays.asList("gray.rule.010-a: found \"x\"", "gray.route.T: no target"))
            .build();

    private static final Instance EXECUTOR = Instance.builder()
            .setApplication("nginx-agent")
            .setAddress("edge-1")
            .setSource("apollo gray-policy")
            .setStatus(Instance.Status.ACCEPTED)
            .setPolicy("cffe0e4453c7")
            .setAcceptedAt(Instant.parse("2026-11-24T08:00:00Z"))
            .setDriver("native")
            .setRevision(17L)
            .setAppliedAt(Instant.parse("2026-11-24T08:00:01Z"))
            .setError("nginx -t: unexpected \"}\"")
            .build();

    private static final Instance BARE = Instance.builder()
            .setApplication("order-app")
            .setAddress("10.0.0.1")
            .setSource("file:policy.properties")
            .build();

    @Test
    void text_isForPeopleToo() {
        assertThat(text(FULL))
                .isEqualTo(
                        """
                        application=order-app
                        address=10.0.0.1\\:20880
                        version=2.0.0
                        source=apollo gray-policy
                        status=REJECTED
                        policy=cffe0e4453c7
                        accepted-at=2026-11-24T08\\:00\\:00.123Z
                        rejected=25f5b3f18ec8
                        rejected-at=2026-11-24T09\\:00\\:00Z
                        problem.1=gray.rule.010-a\\: found "x"
                        problem.2=gray.route.T\\: no target
                        """);
    }

    @Test
    void executor_saysHowFarItsProgramIs() {
        assertThat(text(EXECUTOR))
                .endsWith(
                        """
                        driver=native
                        revision=17
                        applied-at=2026-11-24T08\\:00\\:01Z
                        error=nginx -t\\: unexpected "}"
                        """);
    }

    @Test
    void node_ofBeforeThereWereExecutors_isRead() {
        Instance instance =
                read("application=order-app\naddress=10.0.0.1\nsource=apollo gray-policy\nstatus=ACCEPTED\n");

        assertThat(instance.driver()).isNull();
        assertThat(instance.revision()).isNull();
        assertThat(instance.appliedAt()).isNull();
        assertThat(instance.error()).isNull();
    }

    @Test
    void instance_comesBackAsItWas() {
        assertThat(InstanceText.read(InstanceText.write(FULL))).isEqualTo(FULL);
        assertThat(InstanceText.read(InstanceText.write(BARE))).isEqualTo(BARE);
        assertThat(InstanceText.read(InstanceText.write(EXECUTOR))).isEqualTo(EXECUTOR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"#=!:\\", " a b ", "一\u0000\u001b[31m", "a\r\nstatus=OFF", "\t", "😀 \u2028", "\\u0041"})
    void characters_ofEveryKind_comeBack(String awkward) {
        Instance instance = Instance.builder()
                .setApplication(awkward)
                .setAddress(awkward)
                .setVersion(awkward)
                .setSource(awkward)
                .setProblems(Arrays.asList(awkward, awkward))
                .build();

        assertThat(InstanceText.read(InstanceText.write(instance))).isEqualTo(instance);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application", "address", "source", "status"})
    void key_thatIsMissing_isNamed(String key) {
        String text = text(FULL).replaceFirst("(?m)^" + key + "=.*\n", "");

        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(key + " is missing");
    }

    @Test
    void keys_thatAreUnknown_meanNothing() {
        assertThat(read("build=77\n" + text(FULL) + "zone=a\n")).isEqualTo(FULL);
    }

    @Test
    void values_thatAreWrong_areNamedWithWhatWasExpected() {
        assertThatThrownBy(() -> read(text(FULL).replace("REJECTED", "LOST")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("status: found LOST, expected NONE, ACCEPTED, RESTORED, REJECTED or OFF");
        assertThatThrownBy(() -> read(text(FULL).replace("2026-11-24T08", "yesterday")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("accepted-at: found yesterday");
        assertThatThrownBy(() -> read(text(EXECUTOR).replace("=17", "=next")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("revision: found next, expected a number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.1", "{\"address\":\"10.0.0.1\"}", "a=\\uXYZ0"})
    void text_ofSomethingElse_isRefused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String text(Instance instance) {
        return new String(InstanceText.write(instance), StandardCharsets.UTF_8);
    }

    private static Instance read(String text) {
        return InstanceText.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
