package dev.drawbridge.gateway.tool.own;

import dev.drawbridge.gateway.own.OwnText;
import dev.drawbridge.gateway.target.Column;
import dev.drawbridge.gateway.target.Described;
import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.database.ConfirmedWrites;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The schemas of an own tool: what its author said, and for the rest what the server said.
final class OwnSchema {
    private static final Set<String> WHOLE = Set.of("int2", "int4", "int8", "oid");
    private static final Set<String> NUMBERS = Set.of("numeric", "float4", "float8");
    private static final Set<String> JSON = Set.of("json", "jsonb");
    private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "name", "char");

    private OwnSchema() {}

    /// Of the arguments.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` for a parameter whose
    ///   type cannot be the server's
    static JsonObject input(OwnToolDefinition tool, Described described) {
        Schemas schemas = Schemas.of();
        List<String> names = tool.named().names();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            OwnParameter parameter = tool.parameter(name);
            if (parameter.from() != null) {
                continue;
            }
            JsonObject schema = parameter(name, parameter, described.parameters().get(i));
            if (parameter.required()) {
                schemas.required(name, schema);
            } else {
                schemas.optional(name, schema);
            }
        }
        if (tool.access() == OwnToolDefinition.Access.WRITE) {
            schemas.optional(ConfirmedWrites.DRY_RUN, Schemas.bool("Run it and roll back."))
                    .optional(ConfirmedWrites.CONFIRMATION, Schemas.typed("string"));
        }
        return schemas.closed();
    }

    /// Of the structured answer; null for none.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` for columns that do not
    ///   make such an answer
    static @Nullable JsonObject output(OwnToolDefinition tool, Described described) {
        if (tool.access() == OwnToolDefinition.Access.WRITE) {
            return ConfirmedWrites.answerSchema();
        }
        List<Column> columns = described.columns();
        return switch (tool.result()) {
            case ROWS -> Schemas.rows();
            case ROW -> row(columns);
            case VALUE -> {
                requireOne(columns);
                yield Schemas.of().required("value", value(columns.getFirst())).open();
            }
            case TEXT -> {
                requireOne(columns);
                yield null;
            }
        };
    }

    private static JsonObject parameter(String name, OwnParameter said, String type) {
        JsonObject schema =
                said.type() == null
                        ? ofType(type)
                        : new JsonObject().put("type", fit(name, said.type(), type));
        put(schema, "description", said.description() == null ? hint(type) : said.description());
        put(schema, "default", said.otherwise());
        put(schema, "enum", said.values() == null ? null : new JsonArray(said.values()));
        put(schema, "minimum", number(said, said.minimum()));
        put(schema, "maximum", number(said, said.maximum()));
        put(schema, "minLength", said.minLength());
        put(schema, "maxLength", said.maxLength());
        put(schema, "items", said.items() == null ? null : items(said.items()));
        put(schema, "minItems", said.minItems());
        put(schema, "maxItems", said.maxItems());
        return schema;
    }

    private static JsonObject items(OwnParameter said) {
        return parameter("items", said, "text");
    }

    private static @Nullable Object number(
            OwnParameter said, java.math.@Nullable BigDecimal bound) {
        if (bound == null) {
            return null;
        }
        return "integer".equals(said.type()) ? (Object) bound.intValueExact() : bound.doubleValue();
    }

    private static void put(JsonObject schema, String key, @Nullable Object value) {
        if (value != null && !"".equals(value)) {
            schema.put(key, value);
        }
    }

    /// A schema for what the server's type takes.
    private static JsonObject ofType(String type) {
        if (type.endsWith("[]")) {
            return Schemas.list(ofType(type.substring(0, type.length() - 2)));
        }
        if (JSON.contains(type)) {
            return new JsonObject();
        }
        return Schemas.typed(
                WHOLE.contains(type)
                        ? "integer"
                        : NUMBERS.contains(type)
                                ? "number"
                                : type.equals("bool") ? "boolean" : "string");
    }

    /// What a text is to be, where its type says more than that it is one.
    private static String hint(String type) {
        boolean plain =
                WHOLE.contains(type)
                        || NUMBERS.contains(type)
                        || TEXTS.contains(type)
                        || JSON.contains(type)
                        || type.equals("bool")
                        || type.endsWith("[]");
        return plain ? "" : type;
    }

    private static String fit(String name, String said, String type) {
        boolean json = JSON.contains(type);
        boolean list = type.endsWith("[]");
        boolean fits =
                switch (said) {
                    case "array" -> list || json;
                    case "object" -> json;
                    case "boolean" -> json || type.equals("bool") || TEXTS.contains(type);
                    case "integer", "number" -> !list && !type.equals("bool");
                    default -> true;
                };
        if (!fits) {
            throw OwnText.invalid(
                    "parameters." + name + ".type",
                    "is " + said + ", but the statement needs " + type);
        }
        return said;
    }

    private static JsonObject row(List<Column> columns) {
        Schemas fields = Schemas.of();
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            if (!names.add(column.name().toLowerCase(Locale.ROOT))) {
                throw OwnText.invalid("sql", "has two columns " + column.name());
            }
            fields.optional(column.name(), value(column));
        }
        JsonObject row = fields.open();
        return Schemas.of()
                .required("row", row.put("type", new JsonArray().add("object").add("null")))
                .open();
    }

    private static void requireOne(List<Column> columns) {
        if (columns.size() != 1) {
            throw OwnText.invalid(
                    "result", "needs one column, but the statement has " + columns.size());
        }
    }

    /// Of a cell. What may be a number or a text, by its size, has no type.
    private static JsonObject value(Column column) {
        String type = column.type();
        String json =
                type.equals("int2") || type.equals("int4")
                        ? "integer"
                        : type.equals("bool")
                                ? "boolean"
                                : type.endsWith("[]")
                                        ? "array"
                                        : TEXTS.contains(type) ? "string" : null;
        return json == null
                ? new JsonObject()
                : new JsonObject().put("type", new JsonArray().add(json).add("null"));
    }
}
