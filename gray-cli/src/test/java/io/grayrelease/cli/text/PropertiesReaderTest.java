package io.grayrelease.cli.text;

import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.grayrelease.policy.model.Problem;

import static org.assertj.core.api.Assertions.assertThat;

class PropertiesReaderTest {
    private static final String PIECES = "ab=: \t\f\\\\\n\r#!\"é张";
    private static final int TEXTS = 20_000;

    @Test
    void texts_ofAnyShape_areReadAsJavaReadsThem() throws IOException {
        Random random = new Random(11);
        for (int i = 0; i < TEXTS; i++) {
            String text = text(random);
            Document document = PropertiesReader.read("test", text);
            Map<String, String> values = new HashMap<>();
            document.entries().forEach((key, entry) -> values.put(key, entry.value()));
            values.remove(""); // means nothing to a policy, and Java finds one in a last line of a lone backslash
            assertThat(values.keySet()).as(text).isEqualTo(java(text).keySet());
            if (document.mistakes().isEmpty()) {
                assertThat(values).as(text).isEqualTo(java(text));
            }
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(30);
        for (int i = 0; i < length; i++) {
            int piece = random.nextInt(PIECES.length() + 2);
            text.append(piece < PIECES.length() ? String.valueOf(PIECES.charAt(piece)) : "\\u00e9");
        }
        return text.toString();
    }

    private static Map<Object, Object> java(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        properties.remove("");
        return properties;
    }

    @Test
    void spots_pointAtTheFile_throughEscapesAndContinuations() {
        Document document = PropertiesReader.read("test", "# c\n  k = a\\\n    \\u00e9b\n");
        Entry entry = document.entries().get("k");
        assertThat(entry.value()).isEqualTo("aéb");
        assertThat(entry.spot(0)).isEqualTo(new Spot(2, "  k = a\\", 3));
        assertThat(entry.spot(1)).isEqualTo(new Spot(2, "  k = a\\", 7));
        assertThat(entry.spot(2)).isEqualTo(new Spot(3, "    \\u00e9b", 5));
        assertThat(entry.spot(3)).isEqualTo(new Spot(3, "    \\u00e9b", 11));
        assertThat(entry.spot(4)).isEqualTo(new Spot(3, "    \\u00e9b", 12));
    }

    @Test
    void key_thatComesTwice_isAMistake() {
        assertThat(PropertiesReader.read("test", "a=1\n\na=2\n").mistakes().keySet())
                .extracting(Problem::toString)
                .containsExactly("a: found this key again, expected every key once (line 1 has it)");
    }

    @Test
    void escape_thatIsCutShort_isAMistake() {
        assertThat(PropertiesReader.read("test", "a=\\u00e").mistakes()).hasSize(1);
    }
}
