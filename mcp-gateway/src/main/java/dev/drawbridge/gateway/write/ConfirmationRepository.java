package dev.drawbridge.gateway.write;

import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/// Which confirmations were used, on any replica.
@Singleton
final class ConfirmationRepository {
    private final Db db;

    ConfirmationRepository(Db db) {
        this.db = db;
    }

    /// Uses one, and forgets those that nobody could use any more.
    ///
    /// @return false when it was used before
    boolean use(String tenant, UUID id, Instant expires) {
        return db.update(
                        """
                        with expired as (
                            delete from gateway.used_confirmation where expires_at < now())
                        insert into gateway.used_confirmation (tenant, id, expires_at)
                        values ($1, $2, $3)
                        on conflict (tenant, id) do nothing
                        """,
                        tenant,
                        id,
                        OffsetDateTime.ofInstant(expires, ZoneOffset.UTC))
                == 1;
    }
}
