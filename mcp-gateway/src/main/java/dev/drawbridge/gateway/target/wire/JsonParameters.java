package dev.drawbridge.gateway.target.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.data.Numeric;
import io.vertx.sqlclient.impl.ArrayTuple;

import org.jspecify.annotations.NullUnmarked;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/// JSON values as statement parameters. PostgreSQL says which type each `$n` has, the driver asks
/// for the value as that type, and JSON has a string for what PostgreSQL has a type for: so a date,
/// a uuid, a numeric are read from their text here. What cannot be read makes the driver refuse the
/// statement before it is sent. (Null means SQL's null throughout; the driver's types do not say
/// so.)
@NullUnmarked
final class JsonParameters extends ArrayTuple {

    JsonParameters(List<Object> values) {
        super(values.size());
        values.forEach(this::addValue);
    }

    private String text(int position) {
        return getValue(position) instanceof String text ? text : null;
    }

    @Override
    public Boolean getBoolean(int position) {
        String text = text(position);
        return text == null ? super.getBoolean(position) : bool(text);
    }

    @Override
    public Short getShort(int position) {
        String text = text(position);
        return text == null ? super.getShort(position) : Short.valueOf(text);
    }

    @Override
    public Integer getInteger(int position) {
        String text = text(position);
        return text == null ? whole(position, Integer.class) : Integer.valueOf(text);
    }

    @Override
    public Long getLong(int position) {
        String text = text(position);
        return text == null ? whole(position, Long.class) : Long.valueOf(text);
    }

    @Override
    public Double getDouble(int position) {
        String text = text(position);
        return text == null ? super.getDouble(position) : Double.valueOf(text);
    }

    @Override
    public Float getFloat(int position) {
        String text = text(position);
        return text == null ? super.getFloat(position) : Float.valueOf(text);
    }

    @Override
    public Numeric getNumeric(int position) {
        String text = text(position);
        return text == null ? super.getNumeric(position) : Numeric.parse(text);
    }

    @Override
    public String getString(int position) {
        Object value = getValue(position);
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Number number -> number.toString();
            case Boolean bool -> bool.toString();
            default -> throw new ClassCastException("not a text");
        };
    }

    @Override
    public LocalDate getLocalDate(int position) {
        String text = text(position);
        return text == null ? super.getLocalDate(position) : LocalDate.parse(text);
    }

    @Override
    public LocalTime getLocalTime(int position) {
        String text = text(position);
        return text == null ? super.getLocalTime(position) : LocalTime.parse(text);
    }

    @Override
    public OffsetTime getOffsetTime(int position) {
        String text = text(position);
        return text == null ? super.getOffsetTime(position) : OffsetTime.parse(text);
    }

    @Override
    public LocalDateTime getLocalDateTime(int position) {
        String text = text(position);
        return text == null ? super.getLocalDateTime(position) : localDateTime(text);
    }

    @Override
    public OffsetDateTime getOffsetDateTime(int position) {
        String text = text(position);
        return text == null ? super.getOffsetDateTime(position) : offsetDateTime(text);
    }

    @Override
    public UUID getUUID(int position) {
        String text = text(position);
        return text == null ? super.getUUID(position) : UUID.fromString(text);
    }

    @Override
    public Buffer getBuffer(int position) {
        String text = text(position);
        if (text == null) {
            return super.getBuffer(position);
        }
        String hex = text.startsWith("\\x") ? text.substring(2) : text;
        return Buffer.buffer(HexFormat.of().parseHex(hex));
    }

    @Override
    @SuppressWarnings("unchecked")
    public Object getJson(int position) {
        Object value = getValue(position);
        return switch (value) {
            case Map<?, ?> map -> new JsonObject((Map<String, Object>) map);
            case List<?> list -> new JsonArray(list);
            case null, default -> value;
        };
    }

    @Override
    public String[] getArrayOfStrings(int position) {
        return array(position, item -> item.toString(), String[]::new);
    }

    @Override
    public Integer[] getArrayOfIntegers(int position) {
        return array(position, item -> decimal(item).intValueExact(), Integer[]::new);
    }

    @Override
    public Long[] getArrayOfLongs(int position) {
        return array(position, item -> decimal(item).longValueExact(), Long[]::new);
    }

    @Override
    public Double[] getArrayOfDoubles(int position) {
        return array(position, item -> Double.valueOf(item.toString()), Double[]::new);
    }

    @Override
    public Float[] getArrayOfFloats(int position) {
        return array(position, item -> Float.valueOf(item.toString()), Float[]::new);
    }

    @Override
    public UUID[] getArrayOfUUIDs(int position) {
        return array(position, item -> UUID.fromString(item.toString()), UUID[]::new);
    }

    private static BigDecimal decimal(Object number) {
        return new BigDecimal(number.toString());
    }

    private <T> T[] array(int position, Function<Object, T> read, IntFunction<T[]> make) {
        var list = (List<?>) getValue(position);
        return list == null
                ? null
                : list.stream().map(item -> item == null ? null : read.apply(item)).toArray(make);
    }

    private <T extends Number> T whole(int position, Class<T> type) {
        Number number = (Number) getValue(position);
        if (number == null) {
            return null;
        }
        long exact = new BigDecimal(number.toString()).longValueExact();
        return type.cast(type == Integer.class ? (Number) Math.toIntExact(exact) : (Number) exact);
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true", "t" -> true;
            case "false", "f" -> false;
            default -> throw new IllegalArgumentException("not a boolean");
        };
    }

    private static LocalDateTime localDateTime(String text) {
        return text.length() == 10
                ? LocalDate.parse(text).atStartOfDay()
                : LocalDateTime.parse(text.replace(' ', 'T'));
    }

    private static OffsetDateTime offsetDateTime(String text) {
        return text.length() == 10
                ? LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC)
                : OffsetDateTime.parse(text.replace(' ', 'T'));
    }
}
