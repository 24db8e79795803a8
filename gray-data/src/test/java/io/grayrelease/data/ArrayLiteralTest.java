package io.grayrelease.data;

import java.sql.SQLDataException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ArrayLiteralTest {
    @Test
    void array_ofTexts_quotesWhatArraysAreMadeOf() throws Exception {
        assertThat(array(ColumnKind.TEXT)).isEqualTo("{}");
        assertThat(array(ColumnKind.TEXT, "a,b", null, "NULL", "", "{x}"))
                .isEqualTo("{\"a,b\",NULL,\"NULL\",\"\",\"{x}\"}");
        assertThat(array(ColumnKind.TEXT, "\\ and \"")).isEqualTo("{\"\\\\ and \\\"\"}");
    }

    @Test
    void array_ofOtherKinds_isAsTheDatabaseReadsThem() throws Exception {
        assertThat(array(ColumnKind.WHOLE, "7", "true")).isEqualTo("{7,1}");
        assertThat(array(ColumnKind.DECIMAL, "1E+3")).isEqualTo("{\"1000\"}");
        assertThat(array(ColumnKind.BOOLEAN, "5")).isEqualTo("{\"true\"}");
        assertThat(array(ColumnKind.BINARY, "AP9c")).isEqualTo("{\"\\\\x00ff5c\"}");
        assertThatThrownBy(() -> array(ColumnKind.WHOLE, "x"))
                .isInstanceOf(SQLDataException.class)
                .hasMessage("c: found x, expected WHOLE");
    }

    private static String array(ColumnKind kind, String... texts) throws Exception {
        ArrayLiteral array = new ArrayLiteral(kind, "c");
        for (String text : texts) {
            array.add(text);
        }
        return array.toString();
    }
}
