package dev.drawbridge.audit;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// Something that happened, before it has its place in a chain.
///
/// @param action what was done, a noun and a verb such as `user.create` or `tool.call`
/// @param object on what, written as grants write it where they can: `tool:{name}`, `user:{id}`
/// @param outcome `OK`, or the code of the problem
/// @param trace the W3C trace id of the request
/// @param statement asked once, on the thread that writes
/// @param details a JSON object without a secret
public record Entry(
        Instant at,
        Context context,
        String action,
        @Nullable String object,
        String outcome,
        UUID trace,
        Supplier<Optional<StatementText>> statement,
        @Nullable Measure measure,
        @Nullable String details) {
    public static final String OK = "OK";

    /// The outcome of what is recorded before it runs; the record behind it names it as `intent` in
    /// its details.
    public static final String PENDING = "PENDING";

    /// What a call took and gave.
    ///
    /// @param bytes of the answer, before compression
    public record Measure(int rows, int bytes, int durationUs) {}

    /// PostgreSQL keeps microseconds; what is hashed must come back from it.
    public Entry {
        at = at.truncatedTo(ChronoUnit.MICROS);
        object = Canonical.storable(object);
        details = Canonical.storable(details);
    }

    /// Something that happens now and is no statement.
    public static Entry now(
            Context context, String action, @Nullable String object, String outcome, UUID trace) {
        return new Entry(
                Instant.now(),
                context,
                action,
                object,
                outcome,
                trace,
                Optional::empty,
                null,
                null);
    }

    /// The same with details.
    ///
    /// @param json a JSON object without a secret
    public Entry with(@Nullable String json) {
        return new Entry(at, context, action, object, outcome, trace, statement, measure, json);
    }

    /// A W3C trace id: 32 hexadecimal digits.
    public static UUID trace(String id) {
        return new UUID(
                Long.parseUnsignedLong(id, 0, 16, 16), Long.parseUnsignedLong(id, 16, 32, 16));
    }
}
