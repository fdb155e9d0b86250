package dev.drawbridge.auth.external;

import dev.drawbridge.auth.name.EmailAddress;
import dev.drawbridge.auth.name.Name;
import dev.drawbridge.sql.Db;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;

import jakarta.inject.Singleton;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Identities at providers, and what those gave to the users behind them.
@Singleton
final class ExternalIdentityRepository {
    private final Db db;

    ExternalIdentityRepository(Db db) {
        this.db = db;
    }

    /// Until this transaction ends nobody else decides about this person.
    void lock(ExternalPerson person) {
        db.one(
                _ -> true,
                "select pg_advisory_xact_lock(hashtextextended('auth.external:' || $1::text, 0))",
                person.issuer() + '\n' + person.subject());
    }

    Optional<ExternalIdentity> find(String issuer, String subject) {
        return db.one(
                ExternalIdentityRepository::identity,
                """
                select id, tenant_id, user_id, issuer, subject, created_at
                  from auth.external_identity
                 where issuer = $1 and subject = $2
                """,
                issuer,
                subject);
    }

    List<ExternalIdentity> list(String tenant, UUID user) {
        return db.list(
                ExternalIdentityRepository::identity,
                """
                select id, tenant_id, user_id, issuer, subject, created_at
                  from auth.external_identity
                 where tenant_id = $1 and user_id = $2
                 order by id
                """,
                tenant,
                user);
    }

    ExternalIdentity insert(String tenant, UUID user, ExternalPerson person) {
        return db.one(
                        ExternalIdentityRepository::identity,
                        """
                        insert into auth.external_identity
                               (tenant_id, id, user_id, issuer, subject)
                        values ($1, $2, $3, $4, $5)
                        returning id, tenant_id, user_id, issuer, subject, created_at
                        """,
                        tenant,
                        Db.newId(),
                        user,
                        person.issuer(),
                        person.subject())
                .orElseThrow();
    }

    /// An identity of a user's that nobody else removes until this transaction ends.
    Optional<ExternalIdentity> lock(String tenant, UUID user, UUID id) {
        return db.one(
                ExternalIdentityRepository::identity,
                """
                select id, tenant_id, user_id, issuer, subject, created_at
                  from auth.external_identity
                 where tenant_id = $1 and user_id = $2 and id = $3
                   for update
                """,
                tenant,
                user,
                id);
    }

    /// Removes it and the memberships that it gave.
    ///
    /// @return names of the groups of those
    List<String> delete(ExternalIdentity identity) {
        List<String> removed = removeMemberships(identity, Set.of());
        db.update(
                "delete from auth.external_identity where tenant_id = $1 and id = $2",
                identity.tenant(),
                identity.id());
        return removed;
    }

    /// Whether the user can sign in, by a password or at a provider.
    boolean hasWayIn(String tenant, UUID user) {
        return db.one(
                        _ -> true,
                        """
                        select 1
                          from auth.users u
                         where u.tenant_id = $1
                           and u.id = $2
                           and (u.password_hash is not null
                                or exists (select from auth.external_identity i
                                            where i.tenant_id = u.tenant_id and i.user_id = u.id))
                        """,
                        tenant,
                        user)
                .isPresent();
    }

    /// Whether a token of this age is news: not older than the last whose claims were taken.
    boolean isNews(ExternalIdentity identity, Instant issuedAt) {
        return db.update(
                        """
                        update auth.external_identity
                           set claims_at = $3
                         where tenant_id = $1 and id = $2
                           and (claims_at is null or claims_at <= $3)
                        """,
                        identity.tenant(),
                        identity.id(),
                        issuedAt.atOffset(ZoneOffset.UTC))
                == 1;
    }

    /// Takes away memberships that this identity gave and gives no more.
    ///
    /// @return names of the groups
    List<String> removeMemberships(ExternalIdentity identity, Set<String> groupKeys) {
        return db.list(
                row -> row.getString("name"),
                """
                delete from auth.group_member m
                 using auth.external_membership e, auth.groups g
                 where e.tenant_id = $1 and e.identity_id = $2
                   and m.tenant_id = e.tenant_id and m.id = e.member_id
                   and g.tenant_id = m.tenant_id and g.id = m.group_id
                   and g.name_key <> all ($3::text[])
                returning g.name
                """,
                identity.tenant(),
                identity.id(),
                groupKeys.toArray(String[]::new));
    }

    /// Makes the user a member of those of the groups that they are not in, and marks that as given
    /// by this identity. Groups that are not there are left out.
    ///
    /// @return names of those groups
    List<String> addMemberships(ExternalIdentity identity, Set<String> groupKeys) {
        List<Group> missing =
                db.list(
                        row -> new Group(row.getUUID("id"), row.getString("name")),
                        """
                        select g.id, g.name
                          from auth.groups g
                         where g.tenant_id = $1
                           and g.name_key = any ($2::text[])
                           and not exists (
                               select
                                 from auth.group_member m
                                where m.tenant_id = g.tenant_id
                                  and m.group_id = g.id
                                  and m.user_id = $3)
                         order by g.id
                           for key share of g
                        """,
                        identity.tenant(),
                        groupKeys.toArray(String[]::new),
                        identity.user());
        missing.forEach(group -> addMembership(identity, group.id()));
        return missing.stream().map(Group::name).toList();
    }

    private record Group(UUID id, String name) {}

    private void addMembership(ExternalIdentity identity, UUID group) {
        UUID member = Db.newId();
        db.update(
                """
                with added as (
                    insert into auth.group_member (tenant_id, id, group_id, user_id)
                    values ($1, $2, $3, $4)
                    on conflict do nothing
                    returning tenant_id, id
                )
                insert into auth.external_membership (tenant_id, member_id, identity_id)
                select tenant_id, id, $5 from added
                """,
                identity.tenant(),
                member,
                group,
                identity.user(),
                identity.id());
    }

    /// Sets and removes attributes of the user.
    ///
    /// @return whether anything changed
    boolean setAttributes(ExternalIdentity identity, Map<String, Optional<Object>> attributes) {
        var present = new JsonObject();
        attributes.forEach((name, value) -> value.ifPresent(known -> present.put(name, known)));
        return db.update(
                        """
                        update auth.users
                           set attributes = (attributes - $3::text[]) || $4::jsonb,
                               version = version + 1,
                               updated_at = now()
                         where tenant_id = $1 and id = $2
                           and attributes is distinct from (attributes - $3::text[]) || $4::jsonb
                        """,
                        identity.tenant(),
                        identity.user(),
                        attributes.keySet().toArray(String[]::new),
                        present)
                == 1;
    }

    /// Whether there is a user of this name, or of one that looks the same.
    boolean hasUser(String tenant, Name username) {
        return db.one(
                        _ -> true,
                        """
                        select 1
                          from auth.users
                         where tenant_id = $1
                           and (username_key = $2 or username_skeleton = $3)
                         limit 1
                        """,
                        tenant,
                        username.key(),
                        username.skeleton())
                .isPresent();
    }

    /// Whether the address is that of the user, who is a person and may sign in.
    boolean hasEmail(String tenant, UUID user, EmailAddress email) {
        return db.one(
                        _ -> true,
                        """
                        select 1
                          from auth.users
                         where tenant_id = $1 and id = $2 and email_key = $3
                           and enabled and kind = 'person'
                        """,
                        tenant,
                        user,
                        email.key())
                .isPresent();
    }

    boolean needsSecondFactor(ExternalIdentity identity) {
        return db.one(
                        _ -> true,
                        """
                        with recursive around (group_id) as (
                            select m.group_id
                              from auth.group_member m
                             where m.tenant_id = $1 and m.user_id = $2
                             union
                            select m.group_id
                              from auth.group_member m
                              join around on m.member_group_id = around.group_id
                             where m.tenant_id = $1
                        )
                        select 1
                          from auth.groups g
                          join around on around.group_id = g.id
                         where g.tenant_id = $1 and g.requires_second_factor
                         limit 1
                        """,
                        identity.tenant(),
                        identity.user())
                .isPresent();
    }

    private static ExternalIdentity identity(Row row) {
        return new ExternalIdentity(
                row.getUUID("id"),
                row.getString("tenant_id"),
                row.getUUID("user_id"),
                row.getString("issuer"),
                row.getString("subject"),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
