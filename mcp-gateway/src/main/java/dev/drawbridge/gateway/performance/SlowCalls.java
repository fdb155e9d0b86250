package dev.drawbridge.gateway.performance;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.drawbridge.audit.StatementText;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// The newest slow calls of each connection. Of their statements the log has what tells them from
/// others, and the beginning, without a literal.
final class SlowCalls {
    private static final Logger LOG = Logger.getLogger(SlowCalls.class);
    private static final int LOGGED_CHARACTERS = 200;

    private static final int MOST_CONNECTIONS = 1_000;

    private final int most;
    private final Cache<UUID, Deque<SlowCall>> byConnection =
            Caffeine.newBuilder().maximumSize(MOST_CONNECTIONS).build();

    SlowCalls(int most) {
        this.most = most;
    }

    void add(Observed call, @Nullable StatementText text) {
        var slow =
                new SlowCall(
                        Instant.now(),
                        call.tool(),
                        call.database(),
                        text == null ? null : text.fingerprint(),
                        text == null ? null : text.text(),
                        TimeUnit.NANOSECONDS.toMillis(call.servedNanos()),
                        call.rows(),
                        call.outcome(),
                        call.trace());
        LOG.infof(
                "Slow: %d ms in the database, connection=%s tool=%s outcome=%s trace=%s"
                        + " fingerprint=%s %s",
                slow.ms(),
                call.connection(),
                slow.tool(),
                slow.outcome(),
                slow.trace(),
                slow.fingerprint(),
                beginning(slow.statement()));
        Deque<SlowCall> calls = byConnection.get(call.connection(), _ -> new ArrayDeque<>());
        synchronized (calls) {
            calls.addFirst(slow);
            if (calls.size() > most) {
                calls.removeLast();
            }
        }
    }

    /// The newest first.
    List<SlowCall> of(UUID connection) {
        Deque<SlowCall> calls = byConnection.getIfPresent(connection);
        if (calls == null) {
            return List.of();
        }
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    private static String beginning(@Nullable String statement) {
        if (statement == null) {
            return "";
        }
        return statement.substring(0, Math.min(statement.length(), LOGGED_CHARACTERS));
    }
}
