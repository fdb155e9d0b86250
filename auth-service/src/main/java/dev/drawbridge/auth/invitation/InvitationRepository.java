package dev.drawbridge.auth.invitation;

import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

import java.util.List;
import java.util.UUID;

/// The groups of invitations. Every statement names the tenant.
@Singleton
final class InvitationRepository {
    private final Db db;

    InvitationRepository(Db db) {
        this.db = db;
    }

    /// Those of the groups that are there.
    List<UUID> groups(String tenant, List<UUID> wanted) {
        return db.list(
                row -> row.getUUID("id"),
                "select id from auth.groups where tenant_id = $1 and id = any($2)",
                tenant,
                wanted.toArray(UUID[]::new));
    }

    /// Puts a user into those of the groups that are still there.
    void join(String tenant, UUID user, List<UUID> groups) {
        for (UUID group : groups) {
            db.update(
                    """
                    insert into auth.group_member (tenant_id, id, group_id, user_id)
                    select tenant_id, $2, id, $3
                      from auth.groups
                     where tenant_id = $1 and id = $4
                    """,
                    tenant,
                    Db.newId(),
                    user,
                    group);
        }
    }
}
