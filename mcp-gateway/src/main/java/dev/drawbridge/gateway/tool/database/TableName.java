package dev.drawbridge.gateway.tool.database;

import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.ToolCall;

/// A table or view, as a call names it.
record TableName(String schema, String table) {
    static final String DEFAULT_SCHEMA = "public";

    /// What a tool on a table begins with.
    static Schemas arguments() {
        return Schemas.onDatabase()
                .optional("schema", Schemas.typed("string").put("default", DEFAULT_SCHEMA))
                .required("table", Schemas.typed("string"));
    }

    static TableName of(ToolCall call) {
        return new TableName(
                Arguments.name(call.text("schema", DEFAULT_SCHEMA), "schema"),
                Arguments.name(call.text("table"), "table"));
    }

    String qualified() {
        return schema + "." + table;
    }

    /// Appends it under a name of ours.
    void append(PlacedSql sql, String alias) {
        sql.name(schema).add(".").name(table).add(" as ").add(alias);
    }
}
