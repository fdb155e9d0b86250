package dev.drawbridge.gateway.target.wire;

import io.netty.util.internal.StringUtil;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.data.Interval;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.data.Numeric;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.HexFormat;

/// One value of PostgreSQL as JSON and as text. Nothing is lost on the way to a client whose
/// numbers are doubles: what a double cannot hold exactly becomes a string.
final class CellEncoder {
    private static final long EXACT_IN_A_DOUBLE = 1L << 53;
    private static final int DIGITS_OF_A_DOUBLE = 15;
    private static final HexFormat HEX = HexFormat.of();

    private CellEncoder() {}

    /// Appends the value as JSON.
    static void json(StringBuilder out, @Nullable Object value) {
        switch (value) {
            case null -> out.append("null");
            case String text -> quoted(out, text);
            case Integer number -> out.append(number.intValue());
            case Long number -> whole(out, number);
            case Boolean bool -> out.append(bool.booleanValue());
            case Short number -> out.append(number.intValue());
            case Numeric number -> numeric(out, number);
            case Double number -> floating(out, number);
            case Float number -> floating(out, number);
            case BigDecimal number -> numeric(out, Numeric.create(number));
            case JsonObject object -> out.append(object.encode());
            case JsonArray array -> out.append(array.encode());
            case Object[] array -> array(out, array);
            default -> {
                if (value == Tuple.JSON_NULL) {
                    out.append("null");
                } else {
                    quoted(out, text(value));
                }
            }
        }
    }

    /// The value as PostgreSQL or a person would write it; for everything but null.
    static String text(Object value) {
        return switch (value) {
            case String text -> text;
            case Buffer bytes -> "\\x" + HEX.formatHex(bytes.getBytes());
            case OffsetDateTime time -> offsetDateTime(time);
            case LocalDateTime time -> localDateTime(time);
            case LocalDate date -> date(date);
            case Interval interval -> IntervalText.of(interval);
            case JsonObject object -> object.encode();
            case JsonArray array -> array.encode();
            case Object[] array -> {
                var json = new StringBuilder();
                array(json, array);
                yield json.toString();
            }
            default -> value == Tuple.JSON_NULL ? "null" : value.toString();
        };
    }

    private static void array(StringBuilder out, Object[] array) {
        out.append('[');
        for (int i = 0; i < array.length; i++) {
            if (i > 0) {
                out.append(',');
            }
            json(out, array[i]);
        }
        out.append(']');
    }

    private static void whole(StringBuilder out, long number) {
        if (Math.abs(number) < EXACT_IN_A_DOUBLE) {
            out.append(number);
        } else {
            out.append('"').append(number).append('"');
        }
    }

    private static void numeric(StringBuilder out, Numeric number) {
        String text = number.toString();
        BigDecimal value = number.isNaN() ? null : number.bigDecimalValue();
        if (value != null
                && value.precision() <= DIGITS_OF_A_DOUBLE
                && Math.abs(value.scale()) <= DIGITS_OF_A_DOUBLE
                && text.length() <= 2 * DIGITS_OF_A_DOUBLE) {
            out.append(value.toPlainString());
        } else {
            quoted(out, text);
        }
    }

    private static void floating(StringBuilder out, Number number) {
        double value = number.doubleValue();
        if (Double.isFinite(value)) {
            out.append(number);
        } else {
            out.append('"').append(number).append('"');
        }
    }

    /// PostgreSQL's `infinity` arrives as the largest date that Java has.
    private static String date(LocalDate date) {
        if (date.equals(LocalDate.MAX)) {
            return "infinity";
        }
        return date.equals(LocalDate.MIN) ? "-infinity" : date.toString();
    }

    private static String localDateTime(LocalDateTime time) {
        if (time.equals(LocalDateTime.MAX)) {
            return "infinity";
        }
        return time.equals(LocalDateTime.MIN) ? "-infinity" : time.toString();
    }

    private static String offsetDateTime(OffsetDateTime time) {
        if (time.toLocalDateTime().equals(LocalDateTime.MAX)) {
            return "infinity";
        }
        return time.toLocalDateTime().equals(LocalDateTime.MIN) ? "-infinity" : time.toString();
    }

    /// Most texts need no escape, and then they are copied as they are.
    static void quoted(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
                out.append(Json.encode(text));
                return;
            }
        }
        out.append(StringUtil.DOUBLE_QUOTE).append(text).append(StringUtil.DOUBLE_QUOTE);
    }
}
