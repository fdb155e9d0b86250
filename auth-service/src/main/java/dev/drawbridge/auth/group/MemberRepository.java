package dev.drawbridge.auth.group;

import dev.drawbridge.auth.request.Slice;
import dev.drawbridge.sql.Db;

import io.vertx.sqlclient.Row;

import jakarta.inject.Singleton;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Who is in which group. Every statement names the tenant, so a foreign id finds nothing.
@Singleton
final class MemberRepository {
    private final Db db;

    MemberRepository(Db db) {
        this.db = db;
    }

    List<Membership> list(String tenant, UUID group, Slice slice) {
        return db.list(
                MemberRepository::membership,
                """
                select m.id, m.group_id, m.user_id, m.member_group_id, m.created_at,
                       coalesce(u.username, g.name) as name
                  from auth.group_member m
                  left join auth.users u on u.tenant_id = m.tenant_id and u.id = m.user_id
                  left join auth.groups g on g.tenant_id = m.tenant_id and g.id = m.member_group_id
                 where m.tenant_id = $1 and m.group_id = $2 and m.id > $3
                 order by m.id
                 limit $4
                """,
                tenant,
                group,
                slice.after(),
                slice.fetch());
    }

    Optional<Membership> find(String tenant, UUID group, UUID id) {
        return db.one(
                MemberRepository::membership,
                """
                select m.id, m.group_id, m.user_id, m.member_group_id, m.created_at,
                       coalesce(u.username, g.name) as name
                  from auth.group_member m
                  left join auth.users u on u.tenant_id = m.tenant_id and u.id = m.user_id
                  left join auth.groups g on g.tenant_id = m.tenant_id and g.id = m.member_group_id
                 where m.tenant_id = $1 and m.group_id = $2 and m.id = $3
                """,
                tenant,
                group,
                id);
    }

    /// Empty when there is no such user.
    Optional<Membership> insertUser(String tenant, UUID group, UUID user) {
        return db.one(
                MemberRepository::membership,
                """
                with member as (
                    select tenant_id, id, username
                      from auth.users
                     where tenant_id = $1 and id = $4
                ), added as (
                    insert into auth.group_member (tenant_id, id, group_id, user_id)
                    select tenant_id, $2::uuid, $3::uuid, id from member
                    returning id, group_id, user_id, member_group_id, created_at
                )
                select added.id, group_id, user_id, member_group_id, created_at, username as name
                  from added, member
                """,
                tenant,
                Db.newId(),
                group,
                user);
    }

    /// Empty when there is no such group to become a member.
    Optional<Membership> insertGroup(String tenant, UUID group, UUID member) {
        return db.one(
                MemberRepository::membership,
                """
                with member as (
                    select tenant_id, id, name
                      from auth.groups
                     where tenant_id = $1 and id = $4
                ), added as (
                    insert into auth.group_member (tenant_id, id, group_id, member_group_id)
                    select tenant_id, $2::uuid, $3::uuid, id from member
                    returning id, group_id, user_id, member_group_id, created_at
                )
                select added.id, group_id, user_id, member_group_id, created_at, name
                  from added, member
                """,
                tenant,
                Db.newId(),
                group,
                member);
    }

    /// The membership that was removed; empty when there was none.
    Optional<Membership> delete(String tenant, UUID group, UUID id) {
        return db.one(
                MemberRepository::membership,
                """
                delete from auth.group_member
                 where tenant_id = $1 and group_id = $2 and id = $3
                returning id, group_id, user_id, member_group_id, created_at, '' as name
                """,
                tenant,
                group,
                id);
    }

    /// Until this transaction ends nobody else nests groups of the tenant, so that two additions
    /// cannot close a circle together.
    void lockNesting(String tenant) {
        db.one(
                _ -> true,
                "select pg_advisory_xact_lock(hashtextextended('auth.nesting:' || $1::text, 0))",
                tenant);
    }

    /// Whether `inner` is `outer` or is in it, directly or through others.
    boolean isInside(String tenant, UUID inner, UUID outer) {
        return db.one(
                        _ -> true,
                        """
                        with recursive around (group_id) as (
                            values ($2::uuid)
                             union
                            select m.group_id
                              from auth.group_member m
                              join around on m.member_group_id = around.group_id
                             where m.tenant_id = $1
                        )
                        select 1 from around where group_id = $3
                        """,
                        tenant,
                        inner,
                        outer)
                .isPresent();
    }

    private static Membership membership(Row row) {
        return new Membership(
                row.getUUID("id"),
                row.getUUID("group_id"),
                row.getUUID("user_id"),
                row.getUUID("member_group_id"),
                row.getString("name"),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
