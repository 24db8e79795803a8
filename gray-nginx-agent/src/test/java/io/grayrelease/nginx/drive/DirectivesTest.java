package io.grayrelease.nginx.drive;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DirectivesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "include a;",
                "http{include a;}",
                "x y;include\t'a' ;",
                "include\n  \"a\";",
                "log_format f '#'; include a;",
                "proxy_pass http://b/#c; include a;",
                "content_by_lua_block { -- don't\n }\n include a;"
            })
    void argument_ofADirective_isFound(String text) {
        assertThat(arguments(text)).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# include a;",
                "x; #include a;",
                "return 200 'include a;';",
                "return 200 \"\\\" include a;\";",
                "xinclude a;",
                "include_all a;",
                "include a"
            })
    void argument_ofNoDirective_isNone(String text) {
        assertThat(arguments(text)).isEmpty();
    }

    @Test
    void replace_keepsWhatIsAround() {
        String text = "a $1 \\;\n{ include x; include y; } # include x;";

        assertThat(new Directives("include").replace(text, name -> name.equals("x") ? "b $2 \\;" : null))
                .isEqualTo("a $1 \\;\n{ b $2 \\; include y; } # include x;");
    }

    @Test
    void argument_withOthersBehindIt_isTheFirst() {
        List<String> found = new ArrayList<>();
        new Directives("error_log").replace("error_log /a/b.log info;", name -> {
            found.add(name);
            return null;
        });

        assertThat(found).containsExactly("/a/b.log");
    }

    private static List<String> arguments(String text) {
        List<String> found = new ArrayList<>();
        new Directives("include").replace(text, name -> {
            found.add(name);
            return null;
        });
        return found;
    }
}
