package io.grayrelease.nginx.lua;

import java.nio.file.Path;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every kind of condition with its corners, decided by a real Nginx. */
@EnabledIf("io.grayrelease.nginx.LiveNginx#hasLua")
class LuaDecisionTest {
    private static LuaNginx nginx;

    @BeforeAll
    static void start() throws Exception {
        nginx = LuaNginx.start(Path.of("/tmp/gl-" + UUID.randomUUID().toString().substring(0, 8)), "127.0.0.1");
    }

    @AfterAll
    static void stop() throws Exception {
        nginx.close();
    }

    /** Expected: T, - or nothing, which is undecided. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "uid == 7 | 7 | T",
            })
    void uid(String condition, String uid, String expected) throws Exception {
        nginx.push(LuaNginx.rule(condition));

        assertThat(nginx.tag("", "X-Uid: " + uid)).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void x() {}
}
