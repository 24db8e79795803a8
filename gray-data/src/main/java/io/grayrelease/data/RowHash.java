package io.grayrelease.data;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The hash of 64 bits that a database takes of a row in its canonical form. A chunk's hash is the sum over its rows, or their
 * exclusive or, so that rows may come in any order; and the hash of a row is no linear function of its bits, so that changes of two
 * rows do not cancel in it.
 */
enum RowHash {
    /** PostgreSQL's own hash of a row, which is linear in its columns, and therefore hashed once more. */
    POSTGRESQL {
        @Override
        boolean fits(Dialect one, Dialect other) {
            return one == Dialect.POSTGRESQL && other == Dialect.POSTGRESQL;
        }

        @Override
        @Nullable
        String row(List<Canon> canons, List<ColumnShape> shapes, List<ColumnShape> others) {
            List<String> elements = new ArrayList<>();
            for (int i = 0; i < shapes.size(); i++) {
                String element = CanonSql.element(canons.get(i), shapes.get(i));
                if (element == null) {
                    return null;
                }
                elements.add(element);
            }
            return "ROW(" + String.join(", ", elements) + ")";
        }

        @Override
        String hash(Dialect dialect, String row) {
            // Begun with 0, the hash of NULL would be that of the floating 0 and of NaN.
            return "hashtextextended(hash_record_extended(" + row + ", 7)::text, 0)";
        }

        @Override
        String probe(Dialect dialect) {
            return "ROW(1::int8, 1.50::numeric, 'Gr\u00e4\u4f8b'::text COLLATE \"C\", '2026-01-02'::date)";
        }
    },
    /** Two checksums of 32 bits, of different polynomials, multiplied: each alone is linear. */
    MARIADB {
        @Override
        boolean fits(Dialect one, Dialect other) {
            return one == Dialect.MARIADB && other == Dialect.MARIADB;
        }

        @Override
        String hash(Dialect dialect, String row) {
            return "CRC32(" + row + ") * CRC32C(" + row + ")";
        }

        /** The row is written once. Should a server take the two factors in the other order, rows would be told apart as well. */
        @Override
        String summed(Dialect dialect, String row) {
            return "CRC32(@gray_row := " + row + ") * CRC32C(@gray_row)";
        }

        /** Faster than a sum, which MariaDB takes of decimals. */
        @Override
        String total(String each) {
            return "BIT_XOR(" + each + ")";
        }
    },
    /** What all have. */
    MD5 {
        @Override
        boolean fits(Dialect one, Dialect other) {
            return one != Dialect.H2 && other != Dialect.H2;
        }

        @Override
        String hash(Dialect dialect, String row) {
            return dialect == Dialect.POSTGRESQL
                    ? "('x' || md5(" + row + "))::bit(64)::bigint"
                    : "CAST(CONV(LEFT(MD5(" + row + "), 16), 16, 10) AS UNSIGNED)";
        }
    };

    private static final int BITS = 30;

    abstract boolean fits(Dialect one, Dialect other);

    /** A row as what {@link #hash} takes, or null where a column has no such form. */
    @Nullable
    String row(List<Canon> canons, List<ColumnShape> shapes, List<ColumnShape> others) {
        return text(canons, shapes, others);
    }

    abstract String hash(Dialect dialect, String row);

    /** As {@link #hash}, where it is one of a sum. */
    String summed(Dialect dialect, String row) {
        return hash(dialect, row);
    }

    /** What the hashes of many rows are together, in whichever order they come. */
    String total(String each) {
        return "SUM(" + each + ")";
    }

    /** A row of constants: if two databases find different hashes for it, those of rows say nothing. */
    String probe(Dialect dialect) {
        return "'Gr\u00e4\u4f8b'";
    }

    /**
     * One text that no other row has, and from which it could be read back: which values are NULL and so left out, the values that are
     * words, the lengths of those that may hold anything, and these.
     */
    private static @Nullable String text(List<Canon> canons, List<ColumnShape> shapes, List<ColumnShape> others) {
        List<String> words = new ArrayList<>();
        List<String> lengths = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            String word = CanonSql.word(canons.get(i), shapes.get(i), others.get(i));
            String text = CanonSql.text(canons.get(i), shapes.get(i));
            if (word != null) {
                words.add(word);
            } else if (text != null) {
                texts.add(text);
                lengths.add("OCTET_LENGTH(" + text + ")");
            } else {
                return null;
            }
        }
        List<String> parts = nulls(shapes, others);
        parts.addAll(words);
        parts.addAll(lengths);
        parts.addAll(texts);
        return "CONCAT_WS(',', " + String.join(", ", parts) + ")";
    }

    /** Numbers whose bits say which columns are NULL, of those that may be. */
    private static List<String> nulls(List<ColumnShape> shapes, List<ColumnShape> others) {
        List<String> bits = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            if (shapes.get(i).nullable || others.get(i).nullable) {
                bits.add((1 << (bits.size() % BITS)) + " * " + shapes.get(i).isNull());
            }
        }
        List<String> numbers = new ArrayList<>();
        Sql.pieces(bits, BITS).forEach(some -> numbers.add(String.join(" + ", some)));
        return numbers;
    }
}
