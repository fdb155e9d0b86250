package dev.drawbridge.auth.effective;

import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.sql.Db;

import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What users hold, and through which groups.
@Singleton
final class StandingRepository {
    private final Db db;

    StandingRepository(Db db) {
        this.db = db;
    }

    /// In one statement, so that all of it is of the same moment; empty when there is no such user.
    Optional<Standing> find(String tenant, UUID user) {
        return db.one(
                StandingRepository::standing,
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
                select u.superuser, u.enabled,
                       (select coalesce(jsonb_agg(jsonb_build_array(m.member_group_id, m.group_id)
                                                  order by m.id), '[]')
                          from auth.group_member m
                         where m.tenant_id = $1
                           and (m.user_id = $2
                                or m.member_group_id in (select group_id from around)))
                       as memberships,
                       (select coalesce(jsonb_agg(jsonb_build_array(g.id, g.name)), '[]')
                          from auth.groups g
                          join around on g.id = around.group_id
                         where g.tenant_id = $1) as groups,
                       (select coalesce(jsonb_agg(jsonb_build_array(g.id, g.group_id, g.object,
                                                                    g.level) order by g.id), '[]')
                          from auth.grants g
                          join around on g.group_id = around.group_id
                         where g.tenant_id = $1) as grants
                  from auth.users u
                 where u.tenant_id = $1 and u.id = $2
                """,
                tenant,
                user);
    }

    private static Standing standing(Row row) {
        Map<UUID, Standing.Group> groups = new HashMap<>();
        for (JsonArray group : arrays(row, "groups")) {
            UUID id = UUID.fromString(group.getString(0));
            groups.put(id, new Standing.Group(id, group.getString(1)));
        }
        return new Standing(
                row.getBoolean("superuser"),
                row.getBoolean("enabled"),
                arrays(row, "memberships").stream()
                        .map(pair ->
                                new Standing.Membership(
                                        id(pair.getString(0)), UUID.fromString(pair.getString(1))))
                        .toList(),
                groups,
                arrays(row, "grants").stream().map(StandingRepository::held).toList());
    }

    private static Standing.Held held(JsonArray grant) {
        return new Standing.Held(
                UUID.fromString(grant.getString(0)),
                UUID.fromString(grant.getString(1)),
                ProtectedObject.parse(grant.getString(2)),
                Level.parse(grant.getString(3)));
    }

    private static List<JsonArray> arrays(Row row, String column) {
        return row.getJsonArray(column).stream().map(JsonArray.class::cast).toList();
    }

    private static @Nullable UUID id(@Nullable String text) {
        return text == null ? null : UUID.fromString(text);
    }
}
