package dev.drawbridge.gateway.target;

import dev.drawbridge.gateway.pool.ClassPolicy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// What one statement may use, as settings of PostgreSQL that are the same for every caller.
///
/// A direct session gets them when it is opened: what a transaction does to them ends with its
/// ROLLBACK. Behind a pooler every transaction sets them itself.
public final class Bounds {
    /// A transaction is idle only while a second flush is under way; that may take a while on a
    /// starved machine, and ending it costs the session.
    private static final Duration IDLE_GRACE = Duration.ofSeconds(10);

    /// The one of them that nobody else is likely to set, for a role or a database.
    private static final String WITNESS = "client_connection_check_interval";

    private static final String WITNESS_VALUE = "2s";

    private Bounds() {}

    /// Names and values, in a fixed order.
    ///
    /// @param timeout of one statement
    public static Map<String, String> of(TargetConfig config, Duration timeout) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("statement_timeout", millis(timeout));
        settings.put("lock_timeout", millis(config.lockTimeout()));
        settings.put("idle_in_transaction_session_timeout", millis(timeout.plus(IDLE_GRACE)));
        // A server notices that we died only when it writes, unless it is told to look.
        settings.put(WITNESS, WITNESS_VALUE);
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

    /// How long a statement of a class may run.
    public static Duration timeout(TargetConfig config, ClassPolicy policy) {
        Duration most = config.statementTimeout();
        return policy.statementTimeout().compareTo(most) < 0 ? policy.statementTimeout() : most;
    }

    /// Asks a direct session whether it was started with them: true or false.
    public static Statement question() {
        return Statement.own("select current_setting($1) = $2", WITNESS, WITNESS_VALUE);
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }
}
