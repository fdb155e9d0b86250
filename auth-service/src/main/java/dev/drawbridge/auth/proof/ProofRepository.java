package dev.drawbridge.auth.proof;

import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// What sessions know of their person's last proof.
@Singleton
public final class ProofRepository {
    private final Db db;

    ProofRepository(Db db) {
        this.db = db;
    }

    boolean provedWithin(String tenant, UUID session, Duration maxAge) {
        return db.one(
                        _ -> true,
                        """
                        select 1
                          from auth.session
                         where tenant_id = $1
                           and id = $2
                           and proved_at > now() - make_interval(secs => $3)
                        """,
                        tenant,
                        session,
                        (double) maxAge.toSeconds())
                .isPresent();
    }

    /// Notes a proof of now.
    ///
    /// @param secondFactor whether a second factor was part of it; that one was is never forgotten
    public void prove(String tenant, UUID session, boolean secondFactor) {
        db.update(
                """
                update auth.session
                   set proved_at = now(), second_factor = second_factor or $3
                 where tenant_id = $1 and id = $2
                """,
                tenant,
                session,
                secondFactor);
    }

    /// Notes that a second factor was shown, which alone is no proof.
    public void showSecondFactor(String tenant, UUID session) {
        db.update(
                """
                update auth.session
                   set second_factor = true
                 where tenant_id = $1 and id = $2
                """,
                tenant,
                session);
    }

    /// What is to be done before the session may anything: of `password` and `second_factor`.
    public List<String> pending(String tenant, UUID user, UUID session) {
        return db.one(
                        row -> List.of(row.getArrayOfStrings("pending")),
                        "select auth.session_pending($1, $2, $3) as pending",
                        tenant,
                        user,
                        session)
                .orElseThrow();
    }
}
