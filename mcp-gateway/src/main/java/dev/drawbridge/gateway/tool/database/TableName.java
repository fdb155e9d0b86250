package dev.drawbridge.gateway.tool.database;

import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.ToolCall;

import io.vertx.core.json.JsonObject;

/// A table or view, as a call names it.
record TableName(String schema, String table) {
    static final String DEFAULT_SCHEMA = "public";

    /// What a tool on a table begins with.
    static Schemas arguments() {
        return Schemas.onDatabase()
                .optional("schema", name("Of the table.").put("default", DEFAULT_SCHEMA))
                .required("table", name("Table or view."));
    }

    /// The schema of a name of something in a database.
    static JsonObject name(String description) {
        return Schemas.string(description)
                .put("minLength", 1)
                .put("maxLength", 63)
                .put("pattern", "^[^\\u0000]+$");
    }

    static TableName of(ToolCall call) {
        return new TableName(call.text("schema", DEFAULT_SCHEMA), call.text("table"));
    }

    String qualified() {
        return schema + "." + table;
    }

    /// Appends it under a name of ours.
    void append(PlacedSql sql, String alias) {
        sql.name(schema).add(".").name(table).add(" as ").add(alias);
    }
}
