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
        return of(call, "table");
    }

    /// Something in a schema. Where none is said, a name may begin with it, as `get_schema` writes
    /// names.
    ///
    /// @param argument that has the name
    static TableName of(ToolCall call, String argument) {
        String name = call.text(argument);
        String schema = call.optionalText("schema");
        int dot = schema == null ? name.indexOf('.') : -1;
        if (dot > 0) {
            return new TableName(
                    Arguments.name(name.substring(0, dot), argument),
                    Arguments.name(name.substring(dot + 1), argument));
        }
        return new TableName(
                Arguments.name(schema == null ? DEFAULT_SCHEMA : schema, "schema"),
                Arguments.name(name, argument));
    }

    String qualified() {
        return schema + "." + table;
    }

    /// Appends it under a name of ours.
    void append(PlacedSql sql, String alias) {
        sql.name(schema).add(".").name(table).add(" as ").add(alias);
    }
}
