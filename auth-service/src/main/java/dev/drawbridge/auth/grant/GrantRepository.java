package dev.drawbridge.auth.grant;

import dev.drawbridge.auth.request.Slice;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.sql.Db;

import io.vertx.sqlclient.Row;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Grants. Every statement names the tenant, so a foreign id finds nothing.
@Singleton
final class GrantRepository {
    private final Db db;

    GrantRepository(Db db) {
        this.db = db;
    }

    /// A level on an object, wherever it comes from.
    record Held(ProtectedObject object, Level level) {}

    List<Grant> list(String tenant, @Nullable UUID group, Slice slice) {
        return db.list(
                GrantRepository::grant,
                """
                select id, group_id, object, level, version, created_at, updated_at
                  from auth.grants
                 where tenant_id = $1 and id > $2 and ($3::uuid is null or group_id = $3)
                 order by id
                 limit $4
                """,
                tenant,
                slice.after(),
                group,
                slice.fetch());
    }

    Optional<Grant> find(String tenant, UUID id) {
        return db.one(
                GrantRepository::grant,
                """
                select id, group_id, object, level, version, created_at, updated_at
                  from auth.grants
                 where tenant_id = $1 and id = $2
                """,
                tenant,
                id);
    }

    /// As [#find], and nobody else changes it until this transaction ends.
    Optional<Grant> lock(String tenant, UUID id) {
        return db.one(
                GrantRepository::grant,
                """
                select id, group_id, object, level, version, created_at, updated_at
                  from auth.grants
                 where tenant_id = $1 and id = $2
                   for update
                """,
                tenant,
                id);
    }

    /// False when there is no such group; else nobody removes it until this transaction ends.
    boolean lockGroup(String tenant, UUID group) {
        return db.one(
                        _ -> true,
                        """
                        select 1
                          from auth.groups
                         where tenant_id = $1 and id = $2
                           for key share
                        """,
                        tenant,
                        group)
                .isPresent();
    }

    /// Empty when the group has a grant on the object already.
    Optional<Grant> insert(String tenant, UUID group, ProtectedObject object, Level level) {
        return db.one(
                GrantRepository::grant,
                """
                insert into auth.grants (tenant_id, id, group_id, object, level)
                values ($1, $2, $3, $4, $5)
                    on conflict (tenant_id, group_id, object) do nothing
                returning id, group_id, object, level, version, created_at, updated_at
                """,
                tenant,
                Db.newId(),
                group,
                object.toString(),
                level.text());
    }

    Optional<Grant> update(String tenant, UUID id, Level level) {
        return db.one(
                GrantRepository::grant,
                """
                update auth.grants
                   set level = $3, version = version + 1, updated_at = now()
                 where tenant_id = $1 and id = $2
                returning id, group_id, object, level, version, created_at, updated_at
                """,
                tenant,
                id,
                level.text());
    }

    void delete(String tenant, UUID id) {
        db.update("delete from auth.grants where tenant_id = $1 and id = $2", tenant, id);
    }

    /// What being in the group gives: its own grants and those of every group that it is in.
    List<Held> ofGroup(String tenant, UUID group) {
        return db.list(
                GrantRepository::held,
                """
                with recursive around (group_id) as (
                    values ($2::uuid)
                     union
                    select m.group_id
                      from auth.group_member m
                      join around on m.member_group_id = around.group_id
                     where m.tenant_id = $1
                )
                select distinct g.object, g.level
                  from auth.grants g
                  join around on g.group_id = around.group_id
                 where g.tenant_id = $1
                """,
                tenant,
                group);
    }

    /// What a user's groups give.
    List<Held> ofUser(String tenant, UUID user) {
        return db.list(
                GrantRepository::held,
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
                select distinct g.object, g.level
                  from auth.grants g
                  join around on g.group_id = around.group_id
                 where g.tenant_id = $1
                """,
                tenant,
                user);
    }

    /// A user's attributes; none of one who is not there.
    Map<String, Object> attributesOf(String tenant, UUID user) {
        return db.one(
                        row -> row.getJsonObject("attributes").getMap(),
                        "select attributes from auth.users where tenant_id = $1 and id = $2",
                        tenant,
                        user)
                .orElse(Map.of());
    }

    private static Held held(Row row) {
        return new Held(
                ProtectedObject.parse(row.getString("object")),
                Level.parse(row.getString("level")));
    }

    private static Grant grant(Row row) {
        return new Grant(
                row.getUUID("id"),
                row.getUUID("group_id"),
                ProtectedObject.parse(row.getString("object")),
                Level.parse(row.getString("level")),
                row.getLong("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
