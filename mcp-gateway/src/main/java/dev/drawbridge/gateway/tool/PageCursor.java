package dev.drawbridge.gateway.tool;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Digest;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.sql.SecretBox;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/// Where a page ended, sealed for one caller and one statement: a name, not a capability. The next
/// page runs the statement again and passes over what was handed out, so rows that changed in
/// between show as they are by then.
@Singleton
public final class PageCursor {
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final SecretBox secrets;

    PageCursor(SecretBox secrets) {
        this.secrets = secrets;
    }

    /// What a cursor belongs to.
    public record Page(
            Caller caller,
            String connection,
            String database,
            String sql,
            List<@Nullable Object> parameters) {

        private String purpose() {
            byte[] statement = Digest.of(sql + '\0' + parameters);
            return String.join(
                    "\n",
                    "cursor",
                    caller.id().toString(),
                    connection,
                    database,
                    Base64.getEncoder().encodeToString(statement));
        }
    }

    /// Where to go on.
    ///
    /// @param offset rows handed out so far
    public String after(Page page, long offset) {
        var content =
                ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(offset)
                        .putLong(Instant.now().getEpochSecond());
        return secrets.seal(page.purpose(), content.array());
    }

    /// How many rows to pass over.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` for a cursor of another
    ///   caller or statement, or one that is too old
    public long offset(Page page, @Nullable String cursor) {
        if (cursor == null) {
            return 0;
        }
        ByteBuffer content;
        try {
            content = ByteBuffer.wrap(secrets.open(page.purpose(), cursor));
        } catch (IllegalStateException
                | IllegalArgumentException
                | IndexOutOfBoundsException foreign) {
            throw invalid("does not belong to this call; send the same arguments as before");
        }
        long offset = content.getLong();
        if (Instant.ofEpochSecond(content.getLong()).plus(LIFETIME).isBefore(Instant.now())) {
            throw invalid("is too old; start again without it");
        }
        return offset;
    }

    private static RuntimeException invalid(String reason) {
        return new Problem.Invalid("cursor", reason).exception();
    }
}
