package dev.drawbridge.gateway.pool;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.drawbridge.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// What is to be otherwise for a class than it would be. Null is left as it is; the rest is as in
/// [ClassPolicy], times in milliseconds.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClassRule(
        @Nullable Integer sessions,
        @Nullable Integer queueLength,
        @Nullable Integer queueWaitMs,
        @Nullable Integer statementTimeoutMs,
        @Nullable Integer idleTimeoutMs,
        @Nullable Integer priority,
        @Nullable Integer share) {
    private static final int MOST_SESSIONS = 1_000;
    private static final int LONGEST_QUEUE = 100_000;
    private static final int MINUTE_MS = 60_000;
    private static final int HOUR_MS = 60 * MINUTE_MS;
    private static final int MOST_IMPORTANT = 3;
    private static final int ALL = 100;

    public ClassRule {
        check("sessions", sessions, 1, MOST_SESSIONS);
        check("queueLength", queueLength, 0, LONGEST_QUEUE);
        check("queueWaitMs", queueWaitMs, 1, 2 * MINUTE_MS);
        check("statementTimeoutMs", statementTimeoutMs, 1, HOUR_MS);
        check("idleTimeoutMs", idleTimeoutMs, 1, HOUR_MS);
        check("priority", priority, 1, MOST_IMPORTANT);
        check("share", share, 1, ALL);
    }

    /// The policy with what this says.
    ClassPolicy over(ClassPolicy policy) {
        return new ClassPolicy(
                or(sessions, policy.sessions()),
                or(queueLength, policy.queueLength()),
                or(queueWaitMs, policy.queueWait()),
                or(statementTimeoutMs, policy.statementTimeout()),
                or(idleTimeoutMs, policy.idleTimeout()),
                or(priority, policy.priority()),
                or(share, policy.share()));
    }

    private static int or(@Nullable Integer said, int otherwise) {
        return said == null ? otherwise : said;
    }

    private static Duration or(@Nullable Integer millis, Duration otherwise) {
        return millis == null ? otherwise : Duration.ofMillis(millis);
    }

    private static void check(String field, @Nullable Integer said, int least, int most) {
        if (said != null && (said < least || said > most)) {
            throw new Problem.Invalid(
                            "pools.classes." + field,
                            "%s must be %d to %d".formatted(field, least, most))
                    .exception();
        }
    }
}
