package dev.drawbridge.auth.group;

import dev.drawbridge.auth.name.Name;
import dev.drawbridge.auth.request.Slice;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.sql.Db;

import io.vertx.sqlclient.Row;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/// Groups. Every statement names the tenant, so a foreign id finds nothing.
@Singleton
final class GroupRepository {
    private final Db db;

    GroupRepository(Db db) {
        this.db = db;
    }

    List<Group> list(String tenant, @Nullable String nameKey, Slice slice) {
        return db.list(
                GroupRepository::group,
                """
                select id, name, requires_second_factor, version, created_at, updated_at
                  from auth.groups
                 where tenant_id = $1 and id > $2 and ($3::text is null or name_key = $3)
                 order by id
                 limit $4
                """,
                tenant,
                slice.after(),
                nameKey,
                slice.fetch());
    }

    /// The group.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `NOT_FOUND`
    Group get(String tenant, UUID id) {
        return db.one(
                        GroupRepository::group,
                        """
                        select id, name, requires_second_factor, version, created_at, updated_at
                          from auth.groups
                         where tenant_id = $1 and id = $2
                        """,
                        tenant,
                        id)
                .orElseThrow(() -> none(id));
    }

    /// As [#get], and nobody else changes it until this transaction ends.
    Group lock(String tenant, UUID id) {
        return db.one(
                        GroupRepository::group,
                        """
                        select id, name, requires_second_factor, version, created_at, updated_at
                          from auth.groups
                         where tenant_id = $1 and id = $2
                           for update
                        """,
                        tenant,
                        id)
                .orElseThrow(() -> none(id));
    }

    Group insert(String tenant, Name name, boolean requiresSecondFactor) {
        return db.one(
                        GroupRepository::group,
                        """
                        insert into auth.groups
                               (tenant_id, id, name, name_key, name_skeleton,
                                requires_second_factor)
                        values ($1, $2, $3, $4, $5, $6)
                        returning id, name, requires_second_factor, version, created_at,
                                  updated_at
                        """,
                        tenant,
                        Db.newId(),
                        name.text(),
                        name.key(),
                        name.skeleton(),
                        requiresSecondFactor)
                .orElseThrow();
    }

    /// What changes of a group; null stays as it is.
    record Change(@Nullable Name name, @Nullable Boolean requiresSecondFactor) {}

    Group change(String tenant, UUID id, Change change) {
        Name name = change.name();
        return db.one(
                        GroupRepository::group,
                        """
                        update auth.groups
                           set name = coalesce($3, name),
                               name_key = coalesce($4, name_key),
                               name_skeleton = coalesce($5, name_skeleton),
                               requires_second_factor = coalesce($6, requires_second_factor),
                               version = version + 1,
                               updated_at = now()
                         where tenant_id = $1 and id = $2
                        returning id, name, requires_second_factor, version, created_at,
                                  updated_at
                        """,
                        tenant,
                        id,
                        name == null ? null : name.text(),
                        name == null ? null : name.key(),
                        name == null ? null : name.skeleton(),
                        change.requiresSecondFactor())
                .orElseThrow(() -> none(id));
    }

    /// Whether whoever is in the group needs a second factor: for it, or for one that it is in.
    boolean requiresSecondFactor(String tenant, UUID id) {
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
                        select 1
                          from auth.groups g
                          join around on around.group_id = g.id
                         where g.tenant_id = $1 and g.requires_second_factor
                        """,
                        tenant,
                        id)
                .isPresent();
    }

    void delete(String tenant, UUID id) {
        db.update("delete from auth.groups where tenant_id = $1 and id = $2", tenant, id);
    }

    static ProblemException none(UUID id) {
        return new Problem.NotFound("group", id.toString()).exception();
    }

    private static Group group(Row row) {
        return new Group(
                row.getUUID("id"),
                row.getString("name"),
                row.getBoolean("requires_second_factor"),
                row.getLong("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
