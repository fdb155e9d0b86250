package dev.drawbridge.auth.signon;

import dev.drawbridge.sql.Db;
import dev.drawbridge.sql.Resealable;
import dev.drawbridge.sql.SealedColumns;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.buffer.Buffer;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Sign-ons under way, and sessions that began at a provider.
@Singleton
final class SignOnRepository {
    private final Db db;

    SignOnRepository(Db db) {
        this.db = db;
    }

    /// The ID tokens of sessions, which [ExternalSessions] seals for them.
    @Produces
    @Singleton
    Resealable sealed(SealedColumns columns) {
        return columns.of("auth.external_session", "id_token", "'external-session:' || session_id");
    }

    /// The account that a sign-on is to link.
    record Account(String tenant, UUID user) {}

    /// A sign-on under way.
    ///
    /// @param link null for an ordinary sign-on
    record Pending(String provider, String redirect, @Nullable Account link) {}

    /// What the provider knows a session by.
    ///
    /// @param idToken sealed
    record ExternalSession(String issuer, String subject, @Nullable String sid, String idToken) {}

    void begin(byte[] state, byte[] browser, Pending pending, Instant expiresAt) {
        Account link = pending.link();
        db.update(
                """
                insert into auth.sign_on
                       (state_sha256, browser_sha256, provider, redirect,
                        link_tenant_id, link_user_id, expires_at)
                values ($1, $2, $3, $4, $5, $6, $7)
                """,
                Buffer.buffer(state),
                Buffer.buffer(browser),
                pending.provider(),
                pending.redirect(),
                link == null ? null : link.tenant(),
                link == null ? null : link.user(),
                expiresAt.atOffset(ZoneOffset.UTC));
    }

    /// Spends a sign-on: of two who come with the same state, one finds nothing.
    Optional<Pending> spend(byte[] state, byte[] browser, String provider) {
        return db.one(
                row -> {
                    String tenant = row.getString("link_tenant_id");
                    return new Pending(
                            row.getString("provider"),
                            row.getString("redirect"),
                            tenant == null
                                    ? null
                                    : new Account(tenant, row.getUUID("link_user_id")));
                },
                """
                delete from auth.sign_on
                 where state_sha256 = $1
                   and browser_sha256 = $2
                   and provider = $3
                   and expires_at > now()
                returning provider, redirect, link_tenant_id, link_user_id
                """,
                Buffer.buffer(state),
                Buffer.buffer(browser),
                provider);
    }

    void remember(String tenant, UUID session, ExternalSession external) {
        db.update(
                """
                insert into auth.external_session
                       (tenant_id, session_id, issuer, subject, sid, id_token)
                values ($1, $2, $3, $4, $5, $6)
                """,
                tenant,
                session,
                external.issuer(),
                external.subject(),
                external.sid(),
                external.idToken());
    }

    Optional<ExternalSession> find(String tenant, UUID session) {
        return db.one(
                row ->
                        new ExternalSession(
                                row.getString("issuer"),
                                row.getString("subject"),
                                row.getString("sid"),
                                row.getString("id_token")),
                """
                select issuer, subject, sid, id_token
                  from auth.external_session
                 where tenant_id = $1 and session_id = $2
                """,
                tenant,
                session);
    }

    /// A session of a user's that has ended.
    record Ended(String tenant, UUID session, UUID user) {}

    /// Ends the sessions of a provider's session, or, without one, all of a person there.
    List<Ended> end(String issuer, @Nullable String sid, @Nullable String subject) {
        return db.list(
                row ->
                        new Ended(
                                row.getString("tenant_id"),
                                row.getUUID("id"),
                                row.getUUID("user_id")),
                """
                delete from auth.session s
                 using auth.external_session e
                 where e.tenant_id = s.tenant_id
                   and e.session_id = s.id
                   and e.issuer = $1
                   and case when $2::text is null then e.subject = $3::text
                            else e.sid = $2::text
                                 and ($3::text is null or e.subject = $3::text)
                       end
                returning s.tenant_id, s.id, s.user_id
                """,
                issuer,
                sid,
                subject);
    }

    @Scheduled(every = "10m", delayed = "6m")
    @RunOnVirtualThread
    void removeExpired() {
        db.update("delete from auth.sign_on where expires_at < now()");
    }
}
