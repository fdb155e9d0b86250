package dev.drawbridge.auth.secondfactor;

import dev.drawbridge.sql.Db;
import dev.drawbridge.sql.Resealable;
import dev.drawbridge.sql.SealedColumns;

import io.vertx.core.buffer.Buffer;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Second factors and recovery codes. Every statement names tenant and user.
@Singleton
final class SecondFactorRepository {
    private final Db db;

    SecondFactorRepository(Db db) {
        this.db = db;
    }

    /// The secrets, which [SecondFactors] seals for their users.
    @Produces
    @Singleton
    Resealable sealed(SealedColumns columns) {
        return columns.of("auth.second_factor", "secret", "'second-factor:' || user_id");
    }

    /// @param secret sealed
    /// @param confirmedAt null until a first code was shown
    record Stored(String secret, @Nullable Instant confirmedAt) {}

    /// A user, whose rows these are.
    record Owner(String tenant, UUID user) {}

    Optional<Stored> find(Owner owner) {
        return db.one(
                row -> {
                    OffsetDateTime confirmed = row.getOffsetDateTime("confirmed_at");
                    return new Stored(
                            row.getString("secret"),
                            confirmed == null ? null : confirmed.toInstant());
                },
                """
                select secret, confirmed_at
                  from auth.second_factor
                 where tenant_id = $1 and user_id = $2
                """,
                owner.tenant(),
                owner.user());
    }

    /// Begins an enrolment, in place of one that was not confirmed. False when one is confirmed.
    boolean begin(Owner owner, String secret) {
        return db.update(
                        """
                        insert into auth.second_factor as f (tenant_id, user_id, secret)
                        values ($1, $2, $3)
                            on conflict (tenant_id, user_id) do update
                           set secret = excluded.secret, created_at = now(), last_step = 0
                         where f.confirmed_at is null
                        """,
                        owner.tenant(),
                        owner.user(),
                        secret)
                == 1;
    }

    /// Spends a time step and all before it. False when it is spent already.
    boolean spend(Owner owner, long step) {
        return db.update(
                        """
                        update auth.second_factor
                           set last_step = $3
                         where tenant_id = $1 and user_id = $2 and last_step < $3
                        """,
                        owner.tenant(),
                        owner.user(),
                        step)
                == 1;
    }

    /// Counts a try before it is judged, however many are made at once. False when there were as
    /// many as may be in a span of time.
    boolean mayTry(Owner owner, int most, Duration span) {
        return db.update(
                        """
                        update auth.second_factor
                           set tries = case when tries_since < now() - make_interval(secs => $4)
                                            then 1 else tries + 1 end,
                               tries_since = case when tries_since < now() - make_interval(secs => $4)
                                                  then now() else tries_since end
                         where tenant_id = $1
                           and user_id = $2
                           and (tries < $3 or tries_since < now() - make_interval(secs => $4))
                        """,
                        owner.tenant(),
                        owner.user(),
                        most,
                        (double) span.toSeconds())
                == 1;
    }

    /// Forgets earlier tries after a right one.
    void forgetTries(Owner owner) {
        db.update(
                """
                update auth.second_factor
                   set tries = 0
                 where tenant_id = $1 and user_id = $2
                """,
                owner.tenant(),
                owner.user());
    }

    /// Makes an enrolment count.
    void confirm(Owner owner) {
        db.update(
                """
                update auth.second_factor
                   set confirmed_at = now()
                 where tenant_id = $1 and user_id = $2 and confirmed_at is null
                """,
                owner.tenant(),
                owner.user());
    }

    /// False when there was none.
    boolean remove(Owner owner) {
        db.update(
                "delete from auth.recovery_code where tenant_id = $1 and user_id = $2",
                owner.tenant(),
                owner.user());
        return db.update(
                        "delete from auth.second_factor where tenant_id = $1 and user_id = $2",
                        owner.tenant(),
                        owner.user())
                == 1;
    }

    /// Puts new recovery codes in the place of all earlier ones.
    void replaceCodes(Owner owner, List<RecoveryCode> codes) {
        db.update(
                "delete from auth.recovery_code where tenant_id = $1 and user_id = $2",
                owner.tenant(),
                owner.user());
        for (RecoveryCode code : codes) {
            db.update(
                    """
                    insert into auth.recovery_code (tenant_id, user_id, sha256)
                    values ($1, $2, $3)
                    """,
                    owner.tenant(),
                    owner.user(),
                    Buffer.buffer(code.sha256()));
        }
    }

    /// Uses a recovery code up. False when there is none like it.
    boolean useCode(Owner owner, RecoveryCode code) {
        return db.update(
                        """
                        delete from auth.recovery_code
                         where tenant_id = $1 and user_id = $2 and sha256 = $3
                        """,
                        owner.tenant(),
                        owner.user(),
                        Buffer.buffer(code.sha256()))
                == 1;
    }

    long countCodes(Owner owner) {
        return db.one(
                        row -> row.getLong("left"),
                        """
                        select count(*) as left
                          from auth.recovery_code
                         where tenant_id = $1 and user_id = $2
                        """,
                        owner.tenant(),
                        owner.user())
                .orElseThrow();
    }
}
