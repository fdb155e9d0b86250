package dev.drawbridge.auth.audit;

import dev.drawbridge.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/// A place in the list of all records, which goes back in time: everything before it comes next.
///
/// @param source 0 for a moment before all records of that moment
record AuditCursor(Instant at, int source, int chain, long seq) {
    private static final int BYTES = Long.BYTES + Integer.BYTES + Integer.BYTES + Long.BYTES;

    /// What is older than a moment.
    static AuditCursor before(Instant at) {
        return new AuditCursor(at, 0, 0, 0);
    }

    /// Reads the query parameter `cursor`; null when it is absent.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR`
    static @Nullable AuditCursor parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            var cursor =
                    new AuditCursor(
                            Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS),
                            bytes.getInt(),
                            bytes.getInt(),
                            bytes.getLong());
            if (!bytes.hasRemaining()) {
                return cursor;
            }
        } catch (IllegalArgumentException | BufferUnderflowException _) {
            // Said below.
        }
        throw new Problem.Invalid("cursor", "must be the nextCursor of an earlier answer")
                .exception();
    }

    String text() {
        var bytes =
                ByteBuffer.allocate(BYTES)
                        .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, at))
                        .putInt(source)
                        .putInt(chain)
                        .putLong(seq);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }
}
