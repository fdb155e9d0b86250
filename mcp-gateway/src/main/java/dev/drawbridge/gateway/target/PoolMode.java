package dev.drawbridge.gateway.target;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.Locale;

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
    /// One that serves us alone. Taken for one of transactions, but for what its endpoint declares.
    @JsonProperty("dedicated")
    DEDICATED;

    private static final int POSTGRESQL = 5432;
    private static final int SUPAVISOR = 6543;
    private static final int PGBOUNCER = 6432;

    /// What host and port say when nobody does. Of two readings it is the one with fewer promises:
    /// what works in a transaction pooler works everywhere.
    ///
    /// @see <a href="https://supabase.com/docs/guides/database/connecting-to-postgres">the four
    ///   forms of Supabase</a>
    public static PoolMode of(String host, int port) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.contains(".pooler.")) {
            return port == POSTGRESQL ? SESSION : TRANSACTION;
        }
        if (port == SUPAVISOR) {
            return name.startsWith("db.") ? DEDICATED : TRANSACTION;
        }
        return port == PGBOUNCER || name.contains("-pooler.") ? TRANSACTION : DIRECT;
    }

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
