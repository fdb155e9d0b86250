package dev.drawbridge.gateway.write;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Digest;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.sql.Aside;
import dev.drawbridge.sql.SecretBox;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/// What a caller gets who is asked whether it means what it sent: sealed for the caller, the
/// credential, the database, the statement and its parameters; for a number of rows, five minutes
/// and one use.
@Singleton
public final class Confirmations {
    public static final Duration LIFETIME = Duration.ofMinutes(5);

    /// For as many rows as there are.
    public static final long ALL_ROWS = Long.MAX_VALUE;

    private final SecretBox secrets;
    private final ConfirmationRepository used;
    private final Aside aside;
    private final Clock clock;

    @Inject
    Confirmations(SecretBox secrets, ConfirmationRepository used, Aside aside) {
        this(secrets, used, aside, Clock.systemUTC());
    }

    Confirmations(SecretBox secrets, ConfirmationRepository used, Aside aside, Clock clock) {
        this.secrets = secrets;
        this.used = used;
        this.aside = aside;
        this.clock = clock;
    }

    /// What somebody means to do.
    public record Deed(
            Caller caller,
            String connection,
            String database,
            String sql,
            List<@Nullable Object> parameters) {

        private String purpose() {
            byte[] digest = Digest.of(new JsonArray().add(sql).add(parameters).encode());
            return String.join(
                    "\n",
                    "confirmation",
                    caller.id().toString(),
                    caller.credential().id().toString(),
                    connection,
                    database,
                    Base64.getEncoder().encodeToString(digest));
        }
    }

    /// A confirmation to be sent back.
    ///
    /// @param rows that it covers
    public String of(Deed deed, long rows) {
        UUID id = UUID.randomUUID();
        var content =
                ByteBuffer.allocate(4 * Long.BYTES)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .putLong(rows)
                        .putLong(clock.instant().plus(LIFETIME).getEpochSecond());
        return secrets.seal(deed.purpose(), content.array());
    }

    /// Uses a confirmation up.
    ///
    /// @return how many rows it covers; fails with `VALIDATION_ERROR` for one that is foreign, for
    ///   something else, too old or used, which all read the same
    public Future<Long> use(Deed deed, String confirmation) {
        ByteBuffer content;
        try {
            content = ByteBuffer.wrap(secrets.open(deed.purpose(), confirmation));
        } catch (IllegalStateException
                | IllegalArgumentException
                | IndexOutOfBoundsException foreign) {
            return Future.failedFuture(invalid());
        }
        var id = new UUID(content.getLong(), content.getLong());
        long rows = content.getLong();
        Instant expires = Instant.ofEpochSecond(content.getLong());
        if (expires.isBefore(clock.instant())) {
            return Future.failedFuture(invalid());
        }
        String tenant = deed.caller().tenant();
        return aside.run(() -> used.use(tenant, id, expires))
                .map(first -> {
                    if (!first) {
                        throw invalid();
                    }
                    return rows;
                });
    }

    private static RuntimeException invalid() {
        return new Problem.Invalid(
                        "confirmation",
                        "is not one for this: it is for one caller, statement and database, five"
                                + " minutes and one use. Send the statement without it to be asked"
                                + " again")
                .exception();
    }
}
