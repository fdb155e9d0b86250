package dev.drawbridge.gateway.mcp.task;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.sql.Db;
import dev.drawbridge.sql.Resealable;
import dev.drawbridge.sql.SealedColumns;
import dev.drawbridge.sql.SecretBox;

import io.vertx.sqlclient.Row;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/// The tasks that there are, of all replicas.
@Singleton
final class TaskRepository {
    private static final String PURPOSE = "mcp-task:";

    private final Db db;
    private final SecretBox secrets;

    TaskRepository(Db db, SecretBox secrets) {
        this.db = db;
        this.secrets = secrets;
    }

    @Produces
    @Singleton
    Resealable contents(SealedColumns columns) {
        return columns.of("gateway.mcp_task", "content", "'" + PURPOSE + "' || id");
    }

    /// Adds a working one, if the caller has not too many.
    ///
    /// @return false when it has
    boolean add(
            Caller caller,
            UUID id,
            TaskContent content,
            Duration lifetime,
            Duration alive,
            int most) {
        return db.update(
                        """
                        insert into gateway.mcp_task
                               (tenant_id, id, caller_id, status, content, expires_at, alive_until)
                        select $1, $2, $3, 'working', $4,
                               now() + $5::bigint * interval '1 millisecond',
                               now() + $6::bigint * interval '1 millisecond'
                         where (select count(*) from gateway.mcp_task
                                 where tenant_id = $1 and caller_id = $3
                                   and expires_at > now()) < $7
                        """,
                        caller.tenant(),
                        id,
                        caller.id(),
                        sealed(id, content),
                        lifetime.toMillis(),
                        alive.toMillis(),
                        most)
                == 1;
    }

    Optional<StoredTask> find(Caller caller, UUID id) {
        return db.one(
                this::stored,
                """
                select id, status, content,
                       status = 'working' and alive_until < now() as abandoned,
                       created_at, updated_at, expires_at
                  from gateway.mcp_task
                 where tenant_id = $1 and id = $2 and caller_id = $3 and expires_at > now()
                """,
                caller.tenant(),
                id,
                caller.id());
    }

    /// Moves a task on from one status to another.
    ///
    /// @return false when it has another one by now
    boolean move(
            String tenant, UUID id, String from, String to, TaskContent content, Duration alive) {
        return db.update(
                        """
                        update gateway.mcp_task
                           set status = $4, content = $5, updated_at = now(),
                               alive_until = now() + $6::bigint * interval '1 millisecond'
                         where tenant_id = $1 and id = $2 and status = $3
                        """,
                        tenant,
                        id,
                        from,
                        to,
                        sealed(id, content),
                        alive.toMillis())
                == 1;
    }

    /// Takes answers to a task's questions, which others may answer at the same time.
    ///
    /// @param before as it was read
    /// @return false when it is another one by now
    boolean answer(String tenant, StoredTask before, TaskContent content, Duration alive) {
        return db.update(
                        """
                        update gateway.mcp_task
                           set status = $4, content = $5, updated_at = clock_timestamp(),
                               alive_until = now() + $6::bigint * interval '1 millisecond'
                         where tenant_id = $1 and id = $2 and status = 'input_required'
                           and updated_at = $3
                        """,
                        tenant,
                        before.id(),
                        before.updated().atOffset(ZoneOffset.UTC),
                        content.requests().isEmpty() ? "working" : "input_required",
                        sealed(before.id(), content),
                        alive.toMillis())
                == 1;
    }

    /// Asks whoever runs it to stop; what nobody runs is stopped by that.
    void requestCancel(Caller caller, UUID id) {
        db.update(
                """
                update gateway.mcp_task
                   set cancel_requested = true, updated_at = now(),
                       status = case when status = 'input_required' then 'cancelled' else status end
                 where tenant_id = $1 and id = $2 and caller_id = $3
                   and status in ('working', 'input_required')
                """,
                caller.tenant(),
                id,
                caller.id());
    }

    /// Says that these are still worked on here, and forgets those whose time has passed.
    void keepAlive(Collection<UUID> running, Duration alive) {
        db.update(
                """
                with expired as (delete from gateway.mcp_task where expires_at < now())
                update gateway.mcp_task
                   set alive_until = now() + $2::bigint * interval '1 millisecond'
                 where id = any($1) and status = 'working'
                """,
                running.toArray(UUID[]::new),
                alive.toMillis());
    }

    private String sealed(UUID id, TaskContent content) {
        return secrets.seal(PURPOSE + id, content.bytes());
    }

    private StoredTask stored(Row row) {
        UUID id = row.getUUID("id");
        return new StoredTask(
                id,
                row.getString("status"),
                TaskContent.of(secrets.open(PURPOSE + id, row.getString("content"))),
                row.getBoolean("abandoned"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant(),
                row.getOffsetDateTime("expires_at").toInstant());
    }
}
