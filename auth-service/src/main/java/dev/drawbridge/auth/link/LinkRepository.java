package dev.drawbridge.auth.link;

import dev.drawbridge.auth.name.EmailAddress;
import dev.drawbridge.auth.request.Slice;
import dev.drawbridge.sql.Db;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;

import jakarta.inject.Singleton;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// One-time links, of whose secrets only the SHA-256 is stored.
@Singleton
final class LinkRepository {
    private final Db db;

    LinkRepository(Db db) {
        this.db = db;
    }

    void insert(LinkPurpose purpose, OneTimeLink link, LinkSecret secret) {
        EmailAddress email = link.email();
        db.update(
                """
                insert into auth.one_time_link
                       (tenant_id, id, purpose, sha256, user_id, email, details, expires_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8)
                """,
                link.tenant(),
                link.id(),
                purpose.text(),
                Buffer.buffer(secret.sha256()),
                link.user(),
                email == null ? null : email.text(),
                new JsonObject(link.details()),
                link.expiresAt().atOffset(ZoneOffset.UTC));
    }

    /// The link, when it works and its user, if it has one, is enabled.
    Optional<OneTimeLink> find(LinkPurpose purpose, LinkSecret secret) {
        return db.one(
                LinkRepository::link,
                """
                select l.tenant_id, l.id, l.user_id, l.email, l.details, l.created_at, l.expires_at
                  from auth.one_time_link l
                  left join auth.users u on u.tenant_id = l.tenant_id and u.id = l.user_id
                 where l.sha256 = $1
                   and l.purpose = $2
                   and l.expires_at > now()
                   and (l.user_id is null or u.enabled)
                """,
                Buffer.buffer(secret.sha256()),
                purpose.text());
    }

    /// Uses the link up. False when it was used or taken back meanwhile.
    boolean delete(String tenant, LinkPurpose purpose, UUID id) {
        return db.update(
                        """
                        delete from auth.one_time_link
                         where tenant_id = $1 and purpose = $2 and id = $3
                        """,
                        tenant,
                        purpose.text(),
                        id)
                == 1;
    }

    /// Takes back all links of some purposes that a user has.
    void deleteOf(String tenant, UUID user, Set<LinkPurpose> purposes) {
        db.update(
                """
                delete from auth.one_time_link
                 where tenant_id = $1 and user_id = $2 and purpose = any($3)
                """,
                tenant,
                user,
                purposes.stream().map(LinkPurpose::text).toArray(String[]::new));
    }

    List<OneTimeLink> list(String tenant, LinkPurpose purpose, Slice slice) {
        return db.list(
                LinkRepository::link,
                """
                select tenant_id, id, user_id, email, details, created_at, expires_at
                  from auth.one_time_link
                 where tenant_id = $1 and purpose = $2 and id > $3 and expires_at > now()
                 order by id
                 limit $4
                """,
                tenant,
                purpose.text(),
                slice.after(),
                slice.fetch());
    }

    boolean hasTenant(String tenant) {
        return db.one(_ -> true, "select 1 from auth.tenant where id = $1", tenant).isPresent();
    }

    @Scheduled(every = "1h", delayed = "5m")
    @RunOnVirtualThread
    void removeExpired() {
        db.update("delete from auth.one_time_link where expires_at < now()");
    }

    private static OneTimeLink link(Row row) {
        String email = row.getString("email");
        return new OneTimeLink(
                row.getString("tenant_id"),
                row.getUUID("id"),
                row.getUUID("user_id"),
                email == null ? null : EmailAddress.parse("email", email),
                row.getJsonObject("details").getMap(),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("expires_at").toInstant());
    }
}
