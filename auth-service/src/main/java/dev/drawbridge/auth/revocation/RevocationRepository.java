package dev.drawbridge.auth.revocation;

import dev.drawbridge.identity.Revocation;
import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

import java.util.List;
import java.util.UUID;

/// Announces, as a notification of the transaction in hand, that what was remembered of a caller is
/// out of date: it is sent when the change is committed, and only then.
@Singleton
public final class RevocationRepository {
    private static final int MANY_USERS = 100;

    private final Db db;

    RevocationRepository(Db db) {
        this.db = db;
    }

    public void announce(Revocation revocation) {
        db.one(_ -> true, "select pg_notify($1, $2)", Revocation.CHANNEL, revocation.payload());
    }

    /// Announces everyone who is in the group, directly or through another. Beyond a hundred, one
    /// announcement that means everyone is cheaper for all who listen.
    public void announceMembers(String tenant, UUID group) {
        List<UUID> users = members(tenant, group);
        if (users.size() > MANY_USERS) {
            announce(Revocation.ofEveryone());
        } else {
            users.forEach(user -> announce(Revocation.ofUser(user)));
        }
    }

    private List<UUID> members(String tenant, UUID group) {
        return db.list(
                row -> row.getUUID("user_id"),
                """
                with recursive inside (group_id) as (
                    values ($2::uuid)
                     union
                    select m.member_group_id
                      from auth.group_member m
                      join inside on m.group_id = inside.group_id
                     where m.tenant_id = $1 and m.member_group_id is not null
                )
                select distinct m.user_id
                  from auth.group_member m
                  join inside on m.group_id = inside.group_id
                 where m.tenant_id = $1 and m.user_id is not null
                 limit $3
                """,
                tenant,
                group,
                MANY_USERS + 1);
    }
}
