package dev.drawbridge.gateway.target;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What stands between us and the server, which decides what a session may keep.
public enum PoolMode {
    @JsonProperty("direct")
    DIRECT,
    /// A server session for as long as ours lasts; what ours was started with does not reach it.
    @JsonProperty("session")
    SESSION,
    /// Every transaction may run on another server session: nothing named, nothing kept.
    @JsonProperty("transaction")
    TRANSACTION,
    @JsonProperty("dedicated")
    DEDICATED;

    /// Whether settings that a session is started with hold in its transactions. A pooler drops
    /// those that it does not know, or refuses who sends them.
    public boolean keepsSettings() {
        return this == DIRECT;
    }

    /// Whether a prepared statement is there in the next transaction.
    public boolean keepsStatements() {
        return this == DIRECT || this == SESSION;
    }
}
