package dev.drawbridge.gateway.target;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What stands between us and the server, which decides what a session may keep.
public enum PoolMode {
    @JsonProperty("direct")
    DIRECT,
    @JsonProperty("session")
    SESSION,
    /// Every transaction may run on another server session: nothing named, nothing kept.
    @JsonProperty("transaction")
    TRANSACTION,
    @JsonProperty("dedicated")
    DEDICATED;

    /// Whether prepared statements and start-up settings survive between transactions.
    public boolean keepsSession() {
        return this == DIRECT || this == SESSION;
    }
}
