package dev.drawbridge.gateway.tool;

import dev.drawbridge.gateway.cache.CacheRule;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/// Builds the JSON Schemas of tools, so that the same argument reads the same everywhere.
public final class Schemas {
    private final JsonObject properties = new JsonObject();
    private final JsonArray required = new JsonArray();

    /// An object without properties as yet.
    public static Schemas of() {
        return new Schemas();
    }

    /// A connection and a database in it: what most tools begin with, and `list_connections`
    /// explains for all of them.
    public static Schemas onDatabase() {
        return of().required(
                        "connection_id",
                        typed("string").put("maxLength", 64).put("x-mcp-header", "Connection"))
                .optional("database", typed("string"));
    }

    /// One more property that must be there.
    public Schemas required(String name, JsonObject schema) {
        required.add(name);
        return optional(name, schema);
    }

    /// One more property.
    public Schemas optional(String name, JsonObject schema) {
        properties.put(name, schema);
        return this;
    }

    /// An object that has these properties and no others.
    public JsonObject closed() {
        return open().put("additionalProperties", false);
    }

    /// An object that has these properties; later versions may add more.
    public JsonObject open() {
        var schema = new JsonObject().put("type", "object").put("properties", properties);
        return required.isEmpty() ? schema : schema.put("required", required);
    }

    /// Any text.
    public static JsonObject string(String description) {
        return typed("string").put("description", description);
    }

    /// True or false; false if left out.
    public static JsonObject bool(String description) {
        return typed("boolean").put("description", description);
    }

    /// A whole number within bounds.
    public static JsonObject integer(String description, int least, int most, int otherwise) {
        return typed("integer")
                .put("minimum", least)
                .put("maximum", most)
                .put("default", otherwise)
                .put("description", description);
    }

    /// How many rows, tables or findings of each kind are told at most.
    public static JsonObject limit(int most, int otherwise) {
        return typed("integer").put("minimum", 1).put("maximum", most).put("default", otherwise);
    }

    /// One of some texts.
    public static JsonObject oneOf(String description, String otherwise, String... values) {
        var options = new JsonArray();
        for (String value : values) {
            options.add(value);
        }
        JsonObject schema = typed("string").put("enum", options).put("default", otherwise);
        return description.isEmpty() ? schema : schema.put("description", description);
    }

    /// Any number of items.
    public static JsonObject list(JsonObject items) {
        return typed("array").put("items", items);
    }

    /// Only a type, by its name in JSON Schema.
    public static JsonObject typed(String type) {
        return new JsonObject().put("type", type);
    }

    /// The statement that an agent writes.
    public static JsonObject sql(String description) {
        return string(description).put("minLength", 1).put("maxLength", 65_536);
    }

    /// The values of its parameters.
    public static JsonObject params() {
        return list(new JsonObject())
                .put("maxItems", 1_000)
                .put("description", "Values of $1, $2 …");
    }

    /// How old rows may be that were kept from an equal call.
    public static JsonObject maxAge() {
        return typed("integer")
                .put("minimum", 0)
                .put("maximum", CacheRule.MOST_SECONDS)
                .put("description", "Seconds that kept rows may be old.");
    }

    /// Names and types of columns.
    public static JsonObject columns() {
        return list(
                of().optional("name", typed("string")).optional("type", typed("string")).open());
    }

    /// Columns once, rows as arrays: the form of every answer that holds rows.
    public static JsonObject rows() {
        return of().required("columns", columns())
                .required("rows", list(typed("array")))
                .required("rowCount", typed("integer"))
                .required("truncated", typed("boolean"))
                .optional("nextCursor", typed("string"))
                .open();
    }
}
