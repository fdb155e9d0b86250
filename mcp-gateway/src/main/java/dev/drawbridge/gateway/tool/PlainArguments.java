package dev.drawbridge.gateway.tool;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Knows good arguments at a glance where their schema only says a type and bounds, which is most
/// of them; the validator, which costs more than all else in a small call, is asked about the rest.
/// It says yes or nothing: a no, and why, is the validator's.
final class PlainArguments {
    private static final Set<String> UNDERSTOOD =
            Set.of(
                    "type",
                    "description",
                    "default",
                    "minLength",
                    "maxLength",
                    "pattern",
                    "x-mcp-header",
                    "minimum",
                    "maximum",
                    "enum",
                    "items",
                    "maxItems");

    private final Map<String, Predicate<Object>> checks = new HashMap<>();

    /// @param properties the schemas of the arguments by their names
    PlainArguments(JsonObject properties) {
        for (String name : properties.fieldNames()) {
            JsonObject schema = properties.getJsonObject(name);
            if (UNDERSTOOD.containsAll(schema.fieldNames())) {
                checks.put(name, check(schema));
            }
        }
    }

    /// Whether every argument is surely good.
    boolean accepts(JsonObject arguments) {
        for (Map.Entry<String, Object> argument : arguments) {
            Predicate<Object> check = checks.get(argument.getKey());
            if (check == null || !check.test(argument.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static Predicate<Object> check(JsonObject schema) {
        JsonArray options = schema.getJsonArray("enum");
        return switch (schema.getString("type", "")) {
            case "string" -> {
                int least = schema.getInteger("minLength", 0);
                int most = schema.getInteger("maxLength", Integer.MAX_VALUE);
                var pattern = Pattern.compile(schema.getString("pattern", "")).asPredicate();
                yield value ->
                        value instanceof String text
                                && text.length() >= least
                                && text.length() <= most
                                && pattern.test(text)
                                && (options == null || options.contains(text));
            }
            case "integer" -> {
                int least = schema.getInteger("minimum", Integer.MIN_VALUE);
                int most = schema.getInteger("maximum", Integer.MAX_VALUE);
                yield value ->
                        value instanceof Integer number
                                && number >= least
                                && number <= most
                                && options == null;
            }
            case "boolean" -> value -> value instanceof Boolean && options == null;
            case "array" -> {
                int most = schema.getInteger("maxItems", Integer.MAX_VALUE);
                boolean anything = schema.getJsonObject("items", new JsonObject()).isEmpty();
                yield value -> anything && value instanceof JsonArray array && array.size() <= most;
            }
            default -> _ -> false;
        };
    }
}
