package dev.drawbridge.auth.key;

import dev.drawbridge.sql.Db;
import dev.drawbridge.sql.Resealable;
import dev.drawbridge.sql.SealedColumns;

import io.vertx.sqlclient.Row;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/// The signing keys of all replicas.
@Singleton
final class SigningKeyRepository {
    private final Db db;

    SigningKeyRepository(Db db) {
        this.db = db;
    }

    /// The private keys, which are sealed for [SigningKey#purpose].
    @Produces
    @Singleton
    Resealable sealed(SealedColumns columns) {
        return columns.of("auth.signing_key", "private_key", "'signing-key:' || kid");
    }

    /// One replica at a time decides about keys; the lock ends with the transaction.
    void lock() {
        db.one(_ -> true, "select pg_advisory_xact_lock(hashtextextended('auth.signing_key', 0))");
    }

    /// All keys, the first to sign first.
    List<SigningKey> list() {
        return db.list(
                SigningKeyRepository::key,
                """
                select kid, public_jwk, private_key, active_from, active_until
                  from auth.signing_key
                 order by active_from, created_at
                """);
    }

    void insert(SigningKey key) {
        db.update(
                """
                insert into auth.signing_key (kid, public_jwk, private_key, active_from)
                values ($1, $2, $3, $4)
                """,
                key.kid(),
                key.publicJwk(),
                key.sealedPrivateKey(),
                key.activeFrom().atOffset(ZoneOffset.UTC));
    }

    /// Every other key that has no end yet ends here.
    void supersede(String successor, Instant at) {
        db.update(
                """
                update auth.signing_key
                   set active_until = greatest($2, active_from)
                 where kid <> $1 and active_until is null
                """,
                successor,
                at.atOffset(ZoneOffset.UTC));
    }

    /// A private key that nothing needs any more is not kept.
    void removeEnded() {
        db.update(
                """
                delete from auth.signing_key where active_until < now() - interval '1 day'
                """);
    }

    private static SigningKey key(Row row) {
        OffsetDateTime until = row.getOffsetDateTime("active_until");
        return new SigningKey(
                row.getString("kid"),
                row.getJsonObject("public_jwk"),
                row.getString("private_key"),
                row.getOffsetDateTime("active_from").toInstant(),
                until == null ? null : until.toInstant());
    }
}
