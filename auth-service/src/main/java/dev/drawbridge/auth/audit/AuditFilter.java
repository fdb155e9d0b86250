package dev.drawbridge.auth.audit;

import dev.drawbridge.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/// Which records are asked for. What is null is not asked about.
///
/// @param from the oldest moment that counts
/// @param to the first moment that does not count any more
/// @param user who did it, or whom it was done to
/// @param object exactly; with `*` at its end, all that begin so
record AuditFilter(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable UUID user,
        @Nullable String action,
        @Nullable String object,
        @Nullable UUID connection,
        @Nullable String outcome,
        @Nullable UUID trace) {
    private static final Pattern TRACE = Pattern.compile("[0-9a-f]{32}");

    /// Whether the object is only what objects begin with.
    boolean isPrefix() {
        return object != null && object.endsWith("*");
    }

    /// The object without its `*`.
    @Nullable String objectText() {
        return object != null && object.endsWith("*")
                ? object.substring(0, object.length() - 1)
                : object;
    }

    /// Reads a query parameter that is a moment (RFC 3339).
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR`
    static @Nullable Instant time(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException malformed) {
            throw new Problem.Invalid(name, "must be a time such as 2026-01-31T12:00:00Z")
                    .exception(malformed);
        }
    }

    /// Reads a W3C trace id.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR`
    static @Nullable UUID trace(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!TRACE.matcher(text).matches()) {
            throw new Problem.Invalid(name, "must be 32 hexadecimal digits").exception();
        }
        return dev.drawbridge.audit.Entry.trace(text);
    }
}
