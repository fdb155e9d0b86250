package dev.drawbridge.local.toolbox;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/// A parameter of Toolbox's as one of an own tool.
final class ToolboxParameter {
    private static final Map<String, String> TYPES =
            Map.of(
                    "string", "string",
                    "integer", "integer",
                    "float", "number",
                    "boolean", "boolean",
                    "array", "array");

    private static final Set<String> UNDERSTOOD =
            Set.of(
                    "name",
                    "type",
                    "description",
                    "default",
                    "required",
                    "allowedValues",
                    "minValue",
                    "maxValue",
                    "items",
                    "authServices",
                    "authSources");

    /// What says nothing of which values an item may have.
    private static final Set<String> NOT_OF_ITEMS = Set.of("default", "optional", "description");

    private static final String PLAIN = "[^\\\\^$.|?*+()\\[\\]{}]*";

    private ToolboxParameter() {}

    /// @throws ToolboxException for what an own tool's parameter cannot be
    static Map<String, Object> of(JsonNode parameter) {
        String name = parameter.path("name").asText();
        requireUnderstood(name, parameter);
        JsonNode services = parameter.path("authServices");
        if (services.isMissingNode()) {
            services = parameter.path("authSources");
        }
        return services.isMissingNode() ? asked(name, parameter) : known(name, services);
    }

    private static Map<String, Object> known(String name, JsonNode services) {
        List<String> claims =
                StreamSupport.stream(services.spliterator(), false)
                        .map(one -> one.path("field").asText())
                        .distinct()
                        .toList();
        if (claims.size() != 1) {
            throw refused(name, "comes from more than one claim");
        }
        String claim = claims.getFirst();
        return Map.of("from", claim.equals("sub") ? "id" : "attributes." + claim);
    }

    private static Map<String, Object> asked(String name, JsonNode parameter) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type(name, parameter));
        put(schema, "description", parameter.path("description"));
        put(schema, "default", parameter.path("default"));
        put(schema, "minimum", parameter.path("minValue"));
        put(schema, "maximum", parameter.path("maxValue"));
        JsonNode allowed = parameter.path("allowedValues");
        if (!allowed.isMissingNode()) {
            schema.put("enum", allowed(name, allowed));
        }
        if (parameter.has("items")) {
            schema.put("items", items(name, parameter.path("items")));
        }
        if (!parameter.path("required").asBoolean(true) && !parameter.has("default")) {
            schema.put("optional", true);
        }
        return schema;
    }

    private static Map<String, Object> items(String name, JsonNode items) {
        requireUnderstood(name, items);
        Map<String, Object> schema = new LinkedHashMap<>(asked(name, items));
        schema.keySet().removeAll(NOT_OF_ITEMS);
        return schema;
    }

    private static void requireUnderstood(String name, JsonNode parameter) {
        for (String field : fields(parameter)) {
            if (!UNDERSTOOD.contains(field)) {
                throw refused(name, "has " + field + ", for which there is nothing here");
            }
        }
    }

    private static String type(String name, JsonNode parameter) {
        String type = TYPES.get(parameter.path("type").asText());
        if (type == null) {
            throw refused(name, "is a " + parameter.path("type").asText());
        }
        return type;
    }

    /// Toolbox takes them for patterns.
    private static JsonNode allowed(String name, JsonNode values) {
        for (JsonNode value : values) {
            if (value.isTextual() && !value.asText().matches(PLAIN)) {
                throw refused(name, "has a pattern among its allowedValues: " + value.asText());
            }
        }
        return values;
    }

    private static void put(Map<String, Object> schema, String key, JsonNode value) {
        if (!value.isMissingNode() && !value.isNull()) {
            schema.put(key, value);
        }
    }

    private static List<String> fields(JsonNode node) {
        return node.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static ToolboxException refused(String name, String why) {
        return new ToolboxException("its parameter " + name + " " + why);
    }
}
