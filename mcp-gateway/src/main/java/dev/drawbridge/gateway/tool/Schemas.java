package dev.drawbridge.gateway.tool;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/// Builds the JSON Schemas of tools, so that the same argument reads the same everywhere.
final class Schemas {
    private final JsonObject properties = new JsonObject();
    private final JsonArray required = new JsonArray();

    static Schemas of() {
        return new Schemas();
    }

    /// A connection and a database in it: what most tools begin with.
    static Schemas onDatabase() {
        return of().required(
                        "connection_id",
                        string("From list_connections.")
                                .put("maxLength", 64)
                                .put("x-mcp-header", "Connection"))
                .optional(
                        "database",
                        string("Default: the connection's own.")
                                .put("maxLength", 63)
                                .put("pattern", "^[^\\x00-\\x1f\\x7f-\\x9f]+$"));
    }

    Schemas required(String name, JsonObject schema) {
        required.add(name);
        return optional(name, schema);
    }

    Schemas optional(String name, JsonObject schema) {
        properties.put(name, schema);
        return this;
    }

    /// An object that has these properties and no others.
    JsonObject closed() {
        return open().put("additionalProperties", false);
    }

    /// An object that has these properties; later versions may add more.
    JsonObject open() {
        var schema = new JsonObject().put("type", "object").put("properties", properties);
        return required.isEmpty() ? schema : schema.put("required", required);
    }

    static JsonObject string(String description) {
        return typed("string").put("description", description);
    }

    static JsonObject bool(String description) {
        return typed("boolean").put("default", false).put("description", description);
    }

    static JsonObject integer(String description, int least, int most, int otherwise) {
        return typed("integer")
                .put("minimum", least)
                .put("maximum", most)
                .put("default", otherwise)
                .put("description", description);
    }

    static JsonObject oneOf(String description, String otherwise, String... values) {
        var options = new JsonArray();
        for (String value : values) {
            options.add(value);
        }
        return typed("string")
                .put("enum", options)
                .put("default", otherwise)
                .put("description", description);
    }

    static JsonObject list(JsonObject items) {
        return typed("array").put("items", items);
    }

    static JsonObject typed(String type) {
        return new JsonObject().put("type", type);
    }

    /// The statement that an agent writes.
    static JsonObject sql(String description) {
        return string(description).put("minLength", 1).put("maxLength", 65_536);
    }

    /// The values of its parameters.
    static JsonObject params() {
        return list(new JsonObject())
                .put("maxItems", 1_000)
                .put("description", "Values for $1, $2 … in the statement.");
    }

    static JsonObject columns() {
        return list(
                of().required("name", typed("string")).required("type", typed("string")).open());
    }

    /// Columns once, rows as arrays: the form of every answer that holds rows.
    static JsonObject rows() {
        return of().required("columns", columns())
                .required("rows", list(typed("array")))
                .required("rowCount", typed("integer"))
                .required("truncated", typed("boolean"))
                .optional("nextCursor", typed("string"))
                .open();
    }
}
