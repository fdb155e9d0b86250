package dev.drawbridge.gateway.target;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// What one statement may use, as settings of PostgreSQL that are the same for every caller.
///
/// A session that stays ours gets them when it is opened: what a transaction does to them ends with
/// its ROLLBACK. Behind a pooler that hands out another session for each transaction, every
/// transaction sets them itself.
public final class Bounds {
    /// A transaction is idle only while a second flush is under way; that may take a while on a
    /// starved machine, and ending it costs the session.
    private static final Duration IDLE_GRACE = Duration.ofSeconds(10);

    private Bounds() {}

    /// Names and values, in a fixed order.
    public static Map<String, String> of(TargetConfig config) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("statement_timeout", millis(config.statementTimeout()));
        settings.put("lock_timeout", millis(config.lockTimeout()));
        settings.put(
                "idle_in_transaction_session_timeout",
                millis(config.statementTimeout().plus(IDLE_GRACE)));
        settings.put("work_mem", config.workMem());
        settings.put("jit", "off");
        // What the guard read as a string must be one.
        settings.put("standard_conforming_strings", "on");
        // The textual forms that answers are made of.
        settings.put("datestyle", "ISO");
        settings.put("intervalstyle", "iso_8601");
        settings.put("bytea_output", "hex");
        settings.put("extra_float_digits", "1");
        return settings;
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }
}
