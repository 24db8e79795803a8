package io.grayrelease.data;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The one text of all texts that mean the same value in two columns: 1.5 and 1.50, true and 1, a time with and without a zone. What
 * one of the two columns cannot hold (blanks at the end of a CHAR, digits of seconds, the 5 of a number that is a BOOLEAN on the
 * other side) is no difference, for no repair could ever mend it; lost digits of a decimal are one. Immutable.
 */
final class Canon {
    enum Form {
        NUMBER,
        FLOATING,
        /** As many digits as a float is sure of. */
        SIX_DIGITS,
        FLAG,
        TEXT,
        /** Without the blanks at the end. */
        TRIMMED,
        /** One side may have it as a text: in either case, in braces, without dashes. */
        UUID,
        JSON,
        DATE,
        TIME,
        MOMENT,
        BYTES,
        /** Without the zeros at the end. */
        TRIMMED_BYTES
    }

    private static final Pattern UUID_DIGITS =
            Pattern.compile("([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})");
    private static final Pattern PLAIN = Pattern.compile("0|-?[1-9][0-9]*");
    /** More than a decimal of any database has. */
    private static final int MOST_DIGITS = 200_000;

    private static final MathContext SIX = new MathContext(6, RoundingMode.HALF_EVEN);

    final Form form;
    /** Digits of seconds that both sides have. */
    final int digits;
    /** Whether the side with fewer digits of seconds cuts the others off, instead of rounding. */
    final boolean cuts;

    private Canon(Form form, int digits, boolean cuts) {
        this.form = form;
        this.digits = digits;
        this.cuts = cuts;
    }

    static Canon of(ColumnShape one, ColumnShape other) {
        Form form = form(one, other);
        ColumnShape coarse = one.scale <= other.scale ? one : other;
        return new Canon(form, coarse.scale, coarse.dialect == Dialect.MARIADB);
    }

    private static Form form(ColumnShape one, ColumnShape other) {
        if (either(one, other, ColumnKind.BOOLEAN)) {
            return Form.FLAG;
        }
        if (either(one, other, ColumnKind.FLOATING)) {
            return one.single != other.single ? Form.SIX_DIGITS : Form.FLOATING;
        }
        if (one.isNumber() || other.isNumber()) {
            return Form.NUMBER;
        }
        if (one.isMoment() || other.isMoment()) {
            return Form.MOMENT;
        }
        return ofTexts(one, other);
    }

    private static Form ofTexts(ColumnShape one, ColumnShape other) {
        if (either(one, other, ColumnKind.DATE)) {
            return Form.DATE;
        }
        if (either(one, other, ColumnKind.TIME)) {
            return Form.TIME;
        }
        if (either(one, other, ColumnKind.BINARY)) {
            return one.padded || other.padded ? Form.TRIMMED_BYTES : Form.BYTES;
        }
        if (one.isUuid() || other.isUuid()) {
            return Form.UUID;
        }
        if (!one.isAs(other) && (one.isJson() || other.isJson())) {
            return Form.JSON;
        }
        return one.padded || other.padded ? Form.TRIMMED : Form.TEXT;
    }

    private static boolean either(ColumnShape one, ColumnShape other, ColumnKind kind) {
        return one.kind == kind || other.kind == kind;
    }

    /** The canonical text; a text that is none of this form stands for itself. */
    @Nullable
    String text(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return present(text);
        } catch (DateTimeException | IllegalArgumentException e) {
            return text;
        }
    }

    private String present(String text) {
        switch (form) {
            case NUMBER:
                return number(text);
            case FLOATING:
                return floating(text);
            case SIX_DIGITS:
                return new BigDecimal(text).round(SIX).stripTrailingZeros().toString();
            case FLAG:
                return Boolean.TRUE.equals(ColumnKind.BOOLEAN.parse(text)) ? "1" : "0";
            case TRIMMED:
                return Texts.withoutBlanks(text);
            case UUID:
                return uuid(Texts.withoutBlanks(text).toLowerCase(Locale.ROOT));
            case JSON:
                return JsonCanon.of(text);
            case TIME:
                return time(LocalTime.parse(text));
            case MOMENT:
                LocalDateTime infinity = PostgresqlTimes.infinity(text);
                return (infinity != null ? infinity : reduced(moment(text))).toString();
            case TRIMMED_BYTES:
                return trimmed(text);
            default:
                return text;
        }
    }

    private static String number(String text) {
        if (PLAIN.matcher(text).matches()) {
            return text;
        }
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true") ? "1" : "0";
        }
        BigDecimal value = new BigDecimal(text);
        if (Math.abs((long) value.scale()) > MOST_DIGITS) {
            return text;
        }
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /** What a double has no number for, too large or too small, stands for itself. */
    private static String floating(String text) {
        double value = Double.parseDouble(text);
        if (value == 0) {
            return new BigDecimal(text).signum() == 0 ? "0.0" : text;
        }
        return Double.isInfinite(value) && !text.endsWith("Infinity") ? text : Double.toString(value);
    }

    private static String uuid(String text) {
        Matcher digits = UUID_DIGITS.matcher(text.replaceAll("[-{}]", ""));
        return digits.matches() ? digits.replaceFirst("$1-$2-$3-$4-$5") : text;
    }

    /** Rounding may lead to the end of the day, which is not its begin. */
    private String time(LocalTime value) {
        LocalDateTime reduced = reduced(value.atDate(LocalDate.ofEpochDay(0)));
        boolean isEnd = value.equals(LocalTime.MAX) || reduced.toLocalDate().toEpochDay() > 0;
        return isEnd ? PostgresqlTimes.END_OF_DAY : reduced.toLocalTime().toString();
    }

    private static LocalDateTime moment(String text) {
        return text.endsWith("Z")
                ? LocalDateTime.ofInstant(Instant.parse(text), ZoneOffset.UTC)
                : LocalDateTime.parse(text);
    }

    private LocalDateTime reduced(LocalDateTime value) {
        if (digits >= 9) {
            return value;
        }
        long unit = (long) Math.pow(10, 9 - digits);
        LocalDateTime rounded = cuts ? value : value.plus(unit / 2, ChronoUnit.NANOS);
        return rounded.minusNanos(rounded.get(ChronoField.NANO_OF_SECOND) % unit);
    }

    private static String trimmed(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, end));
    }
}
