package dev.drawbridge.auth.request;

import dev.drawbridge.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/// Which part of a list is asked for: so many, after an id. Ids sort by time, so a page stays what
/// it was while others are added.
///
/// @param limit how many items at most
/// @param after the last id already seen; the nil UUID at the beginning
public record Slice(int limit, UUID after) {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;
    private static final UUID BEGINNING = new UUID(0, 0);

    /// Reads the query parameters `limit` and `cursor`.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` naming the parameter
    public static Slice parse(@Nullable String limit, @Nullable String cursor) {
        return new Slice(
                limit == null ? DEFAULT_LIMIT : limit(limit),
                cursor == null ? BEGINNING : after(cursor));
    }

    /// One row more than the limit tells whether there is a next page.
    public int fetch() {
        return limit + 1;
    }

    static String cursor(UUID last) {
        var bytes =
                ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(last.getMostSignificantBits())
                        .putLong(last.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw new Problem.Invalid("limit", "must be a number from 1 to " + MAX_LIMIT).exception();
    }

    private static UUID after(String cursor) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            var id = new UUID(bytes.getLong(), bytes.getLong());
            if (!bytes.hasRemaining()) {
                return id;
            }
        } catch (IllegalArgumentException | BufferUnderflowException _) {
            // Said below.
        }
        throw new Problem.Invalid("cursor", "must be the nextCursor of an earlier answer")
                .exception();
    }
}
