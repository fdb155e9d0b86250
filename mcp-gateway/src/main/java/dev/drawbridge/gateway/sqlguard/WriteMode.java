package dev.drawbridge.gateway.sqlguard;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How far statements that write may go on a connection.
public enum WriteMode {
    /// Rows.
    @JsonProperty("dml")
    DML,
    /// Rows and the schema.
    @JsonProperty("ddl")
    DDL
}
