package io.grayrelease.nginx.render;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.nginx.LiveNginx;
import io.grayrelease.nginx.model.EdgeModel;
import io.grayrelease.policy.decide.PolicyEvaluator;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Value;

import static org.assertj.core.api.Assertions.assertThat;

/** Texts of a policy that look like something to Nginx are texts all the same. */
@EnabledIf("io.grayrelease.nginx.LiveNginx#isInstalled")
class HostileTextsTest {
    private static final List<String> PIECES = List.of(
            "\"",
            "\\",
            "'",
            ";",
            "{",
            "}",
            "$",
            "${uri}",
            "$1",
            "\\E",
            "\\Q",
            "\\z",
            "\\n",
            "\\\"",
            "#",
            "~",
            "~*",
            "*",
            ".*",
            "(",
            ")",
            "[",
            "]",
            "?",
            "+",
            "|",
            "^",
            "default",
            "include",
            "hostnames",
            "volatile",
            " ",
            "a",
            "A",
            "b",
            "0",
            "1",
            "=",
            "%",
            "@",
            "/",
            ",",
            "::",
            "-",
            "\";}return 200;#",
            "}\nserver{",
            "\\x41",
            "%00");
    private static final List<String> WIDE = List.of("张", "ü", "\u2028", "\ud83d\ude00", "\ud83d", "\u00a0");
    private static final Set<String> DIRECTIVES = Set.of(
            "map",
            "geo",
            "split_clients",
            "upstream",
            "server",
            "listen",
            "access_log",
            "location",
            "return",
            "default_type");

    @TempDir
    private Path folder;

    private final Random random = new Random(20_261_111);

    private String text(boolean wide) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            List<String> pieces = wide && random.nextInt(3) == 0 ? WIDE : PIECES;
            text.append(pieces.get(random.nextInt(pieces.size())).replace("\n", ""));
        }
        return text.toString().trim();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private GrayPolicy policy(List<String> texts, boolean wide) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (int i = 1; i <= 60; i++) {
            String text = text(wide);
            texts.add(text);
            String other = texts.get(random.nextInt(texts.size()));
            String condition =
                    switch (i % 6) {
                        case 0 -> "uid == " + quoted(text);
                        case 1 -> "uid in (" + quoted(text) + ", " + quoted(other) + ", \"1\")";
                        case 2 -> "uid like " + quoted(text + "*" + other);
                        case 3 -> "uid != " + quoted(text);
                        case 4 -> "hash(uid, " + quoted(text) + ") < 50%";
                        default -> "uid in @l" + (i % 2);
                    };
            keys.put("gray.rule." + i + "-r" + i, condition + " => T" + i);
            keys.put("gray.route.T" + i, "a:1");
        }
        for (int list = 0; list < 2; list++) {
            List<String> values = new ArrayList<>(List.of("\"x\""));
            for (int i = 0; i < 40; i++) {
                String text = text(wide);
                texts.add(text);
                values.add(quoted(text));
            }
            keys.put("gray.list.l" + list, String.join(",", values));
        }
        return RenderedNginx.policy(keys);
    }

    @Test
    void texts_ofAPolicy_areComparedAsJavaDoes() throws Exception {
        for (int round = 0; round < 4; round++) {
            List<String> texts = new ArrayList<>();
            GrayPolicy policy = policy(texts, false);
            PolicyEvaluator evaluator = PolicyEvaluator.of(policy, Clock.systemUTC());
            try (RenderedNginx nginx = RenderedNginx.start(folder, policy)) {
                for (String text : texts) {
                    String uid = random.nextInt(4) == 0 ? text.toUpperCase(Locale.ROOT) : text;
                    String expected = evaluator
                            .decide(value -> value.kind() == Value.Kind.UID ? uid : null)
                            .tags()
                            .text();
                    assertThat(nginx.ask("x-uid: " + uid).tag()).as(uid).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void texts_ofAPolicy_areNoDirectives() throws Exception {
        for (int round = 0; round < 12; round++) {
            EdgeModel model = new EdgeModel(policy(new ArrayList<>(), true), RenderedNginx.SOURCES, List.of());
            LiveNginx nginx = RenderedNginx.prepare(folder, model);
            assertThat(nginx.program().test(nginx.program().configuration()).output())
                    .contains("test is successful");
            String http = NativeRenderer.render(model, new RenderSettings(folder, Map.of(), null), RenderedNginx.NOW)
                    .http(1);
            checkStatements(tokens(http));
        }
    }

    /** Statements as Nginx's lexer cuts them: quotes and backslashes as in ngx_conf_read_token. */
    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '#') {
                i = text.indexOf('\n', i);
            } else if (c == '"') {
                int end = i + 1;
                while (text.charAt(end) != '"') {
                    end += text.charAt(end) == '\\' ? 2 : 1;
                }
                tokens.add(text.substring(i, end + 1));
                i = end + 1;
            } else if (";{}".indexOf(c) >= 0) {
                tokens.add(String.valueOf(c));
                i++;
            } else if (Character.isWhitespace(c)) {
                i++;
            } else {
                int end = i;
                while (" \n\t;{}\"".indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                tokens.add(text.substring(i, end));
                i = end;
            }
        }
        return tokens;
    }

    private static void checkStatements(List<String> tokens) {
        String block = "";
        int start = 0;
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            if (token.equals("{")) {
                assertThat(DIRECTIVES).contains(tokens.get(start));
                block = tokens.get(start);
                start = i + 1;
            } else if (token.equals(";")) {
                List<String> statement = tokens.subList(start, i);
                assertThat(statement.size()).as("%s", statement).isBetween(2, 3);
                if (Set.of("map", "geo", "split_clients").contains(block)) {
                    assertThat(statement).hasSize(2);
                } else {
                    assertThat(DIRECTIVES).contains(statement.get(0));
                }
                start = i + 1;
            } else if (token.equals("}")) {
                assertThat(start).isEqualTo(i);
                start = i + 1;
                block = block.equals("location") ? "server" : "";
            }
        }
        assertThat(start).isEqualTo(tokens.size());
    }
}
