package dev.drawbridge.gateway.limit;

import java.time.Duration;

/// So many units in a span of time, of one thing of one tenant.
///
/// @param key of the thing, among those of its kind
/// @param amount at once, and again spread evenly over `window`
record Limit(Kind kind, String tenant, Object key, long amount, Duration window) {
    /// Up to here each unit is asked for by itself.
    private static final long SMALL = 64;

    /// What is counted, and for what.
    enum Kind {
        TOKEN("this token"),
        TENANT("your tenant"),
        TOOL("this tool"),
        ADDRESS("your address"),
        ROWS("rows of this connection"),
        BYTES("bytes of this connection"),
        DATABASE_TIME("database time of this connection");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /// As messages name it.
        String words() {
            return words;
        }
    }

    /// Tells its bucket from all others of the tenant; another amount is another bucket.
    String id() {
        return kind + ":" + key + ":" + amount + "/" + window.toMillis();
    }

    /// How long it takes until one unit is there again, ns.
    double each() {
        return (double) window.toNanos() / amount;
    }

    boolean isSmall() {
        return amount <= SMALL;
    }
}
