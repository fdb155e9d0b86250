package dev.drawbridge.gateway.tool.database;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a filter means for a row of `mail.made`, with SQL's three truth values; null for unknown.
final class Meaning {
    private static final List<String> COLUMNS = List.of("id", "n", "t", "b", "tags");

    private Meaning() {}

    static @Nullable Boolean of(JsonObject filter, JsonArray row) {
        if (filter.containsKey("not")) {
            Boolean inner = of(filter.getJsonObject("not"), row);
            return inner == null ? null : !inner;
        }
        if (filter.containsKey("and")) {
            return all(filter.getJsonArray("and"), row, false);
        }
        if (filter.containsKey("or")) {
            return all(filter.getJsonArray("or"), row, true);
        }
        return leaf(filter, row.getValue(COLUMNS.indexOf(filter.getString("column"))));
    }

    /// @param decides the value that one of them gives to the whole
    private static @Nullable Boolean all(JsonArray parts, JsonArray row, boolean decides) {
        boolean unknown = false;
        for (Object part : parts) {
            Boolean one = of((JsonObject) part, row);
            if (one != null && one == decides) {
                return decides;
            }
            unknown |= one == null;
        }
        return unknown ? null : !decides;
    }

    private static @Nullable Boolean leaf(JsonObject filter, @Nullable Object cell) {
        String op = filter.getString("op");
        Object value = filter.getValue("value");
        if (op.equals("is")) {
            return value == null || value.equals("unknown") ? cell == null : value.equals(cell);
        }
        if (cell == null) {
            return null;
        }
        return switch (op) {
            case "in" -> ((JsonArray) value).contains(cell);
            case "contains" -> set(cell).containsAll(set(value));
            case "overlaps" -> set(cell).stream().anyMatch(set(value)::contains);
            case "like" -> like((String) cell, (String) value);
            case "ilike" ->
                    like(
                            ((String) cell).toLowerCase(Locale.ROOT),
                            ((String) value).toLowerCase(Locale.ROOT));
            default -> compared(op, order(cell, value));
        };
    }

    private static boolean compared(String op, int order) {
        return switch (op) {
            case "eq" -> order == 0;
            case "neq" -> order != 0;
            case "gt" -> order > 0;
            case "gte" -> order >= 0;
            case "lt" -> order < 0;
            case "lte" -> order <= 0;
            default -> throw new IllegalArgumentException(op);
        };
    }

    private static int order(Object cell, Object value) {
        return cell instanceof String text
                ? text.compareTo((String) value)
                : Integer.compare((Integer) cell, (Integer) value);
    }

    private static boolean like(String text, String pattern) {
        String regex =
                pattern.chars()
                        .mapToObj(one ->
                                one == '%'
                                        ? ".*"
                                        : one == '_' ? "." : Pattern.quote("" + (char) one))
                        .collect(Collectors.joining());
        return Pattern.compile(regex, Pattern.DOTALL).matcher(text).matches();
    }

    private static Set<Object> set(Object list) {
        return new HashSet<>(((JsonArray) list).getList());
    }
}
