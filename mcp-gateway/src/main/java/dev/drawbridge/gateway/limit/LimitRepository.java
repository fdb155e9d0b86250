package dev.drawbridge.gateway.limit;

import dev.drawbridge.sql.Db;

import io.vertx.core.buffer.Buffer;

import jakarta.inject.Singleton;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/// Buckets in the datastore.
@Singleton
final class LimitRepository implements BucketStore {
    private final Db db;

    LimitRepository(Db db) {
        this.db = db;
    }

    @Override
    public Optional<byte[]> find(String tenant, String id) {
        return db.one(
                row -> row.getBuffer(0).getBytes(),
                "select state from gateway.limit_bucket where tenant_id = $1 and id = $2",
                tenant,
                id);
    }

    @Override
    public boolean swap(
            String tenant, String id, Optional<byte[]> before, byte[] after, Duration keep) {
        var expires = OffsetDateTime.now(ZoneOffset.UTC).plus(keep);
        return before.map(known ->
                        db.update(
                                """
                                update gateway.limit_bucket
                                   set state = $4, expires_at = $5
                                 where tenant_id = $1 and id = $2 and state = $3
                                """,
                                tenant,
                                id,
                                Buffer.buffer(known),
                                Buffer.buffer(after),
                                expires))
                        .orElseGet(() ->
                                db.update(
                                        """
                                        insert into gateway.limit_bucket
                                               (tenant_id, id, state, expires_at)
                                        values ($1, $2, $3, $4)
                                        on conflict (tenant_id, id) do nothing
                                        """,
                                        tenant,
                                        id,
                                        Buffer.buffer(after),
                                        expires))
                == 1;
    }

    /// Forgets buckets that are full again.
    void forgetFull() {
        db.update("delete from gateway.limit_bucket where expires_at < now()");
    }
}
