package dev.drawbridge.gateway.target.wire;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// JSON values as statement parameters in their textual form: PostgreSQL reads them as the types
/// that the statement has, and says so when it cannot. Only a list is ambiguous: it is an array, or
/// JSON.
final class TextParameters {
    private static final int JSON = 114;
    private static final int JSONB = 3802;

    private TextParameters() {}

    /// Whether what a value means depends on its type: without it a list is sent as an array, which
    /// JSON never takes.
    static boolean ambiguous(List<@Nullable Object> values) {
        return values.stream().anyMatch(it -> it instanceof List || it instanceof JsonArray);
    }

    /// @param types object ids, in order; may be empty where no value needs one
    static List<@Nullable String> of(List<@Nullable Object> values, List<Integer> types) {
        List<@Nullable String> texts = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            texts.add(i < types.size() ? text(values.get(i), types.get(i)) : text(values.get(i)));
        }
        return texts;
    }

    private static @Nullable String text(@Nullable Object value, int type) {
        boolean json = type == JSON || type == JSONB;
        return switch (value) {
            case JsonArray list when json -> list.encode();
            case List<?> list when json -> Json.encode(list);
            case List<?> list when list.isEmpty() -> "{}";
            case JsonArray list when list.isEmpty() -> "{}";
            case null, default -> text(value);
        };
    }

    /// An empty list whose type is not known is sent as what no array is: `{}` would be an object.
    private static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Double number -> decimal(BigDecimal.valueOf(number));
            case Float number -> decimal(new BigDecimal(number.toString()));
            case JsonArray list -> list.isEmpty() ? "[]" : array(list.getList());
            case List<?> list -> list.isEmpty() ? "[]" : array(list);
            case Map<?, ?> _, JsonObject _ -> Json.encode(value);
            default -> value.toString();
        };
    }

    /// JSON does not tell 2.0 from 2, PostgreSQL's whole numbers do.
    private static String decimal(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        return plain.scale() <= 0 ? plain.toPlainString() : number.toString();
    }

    private static String array(List<?> list) {
        var out = new StringBuilder("{");
        for (Object item : list) {
            if (out.length() > 1) {
                out.append(',');
            }
            switch (item) {
                case null -> out.append("NULL");
                case List<?> inner -> out.append(array(inner));
                case JsonArray inner -> out.append(array(inner.getList()));
                default -> out.append('"').append(escaped(String.valueOf(text(item)))).append('"');
            }
        }
        return out.append('}').toString();
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
