package dev.drawbridge.gateway.pool.share;

import dev.drawbridge.sql.Db;

import io.vertx.sqlclient.Row;

import jakarta.inject.Singleton;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToIntFunction;

/// Replicas and their parts of budgets, in the datastore. A replica that was not seen for six
/// seconds, by the datastore's clock, has nothing.
@Singleton
final class ShareRepository {
    private final Db db;

    ShareRepository(Db db) {
        this.db = db;
    }

    private record Share(UUID connection, UUID replica, int held, int wanted, long turn) {
        static Share of(Row row) {
            return new Share(
                    row.getUUID(0),
                    row.getUUID(1),
                    row.getInteger(2),
                    row.getInteger(3),
                    row.getLong(4));
        }
    }

    /// Says that a replica lives.
    ///
    /// @return how many do
    int beat(UUID replica) {
        db.update(
                """
                insert into gateway.replica (id, seen_at) values ($1, clock_timestamp())
                    on conflict (id) do update set seen_at = excluded.seen_at
                """,
                replica);
        return db.one(
                        row -> row.getInteger(0),
                        """
                        select count(*)::int
                          from gateway.replica
                         where seen_at > clock_timestamp() - interval '6 s'
                        """)
                .orElseThrow();
    }

    /// What the other replicas have and want of all budgets of which this one has or wants
    /// something.
    Map<UUID, Claims> claims(UUID replica) {
        Map<UUID, Claims> claims = new HashMap<>();
        List<Share> all =
                db.list(
                        Share::of,
                        """
                        select s.connection_id, s.replica_id, s.held, s.wanted,
                               extract(epoch from clock_timestamp())::bigint / 2
                          from gateway.pool_share mine
                          join gateway.pool_share s on s.connection_id = mine.connection_id
                          join gateway.replica r on r.id = s.replica_id
                         where mine.replica_id = $1
                           and r.seen_at > clock_timestamp() - interval '6 s'
                         order by s.connection_id, s.replica_id
                        """,
                        replica);
        for (int from = 0, to = 0; from < all.size(); from = to) {
            UUID connection = all.get(from).connection();
            while (to < all.size() && all.get(to).connection().equals(connection)) {
                to++;
            }
            claims.put(connection, claims(replica, all.subList(from, to)));
        }
        return claims;
    }

    /// Puts this replica's part of a budget on record, while nobody else changes theirs.
    ///
    /// @param held what is on record of it now
    /// @param allowance what it may have, given what the others have
    /// @return what the others have, and what is on record now: the allowance, or `held` where that
    ///   is more
    Claimed claim(
            UUID replica, UUID connection, int wanted, int held, ToIntFunction<Claims> allowance) {
        return db.transaction(() -> {
            lock(connection);
            Claims others = others(replica, connection);
            int allowed = allowance.applyAsInt(others);
            int recorded = Math.max(allowed, held);
            if (recorded > 0 || wanted > 0) {
                put(replica, connection, recorded, wanted);
            } else {
                forget(replica, connection);
            }
            return new Claimed(others, allowed, recorded);
        });
    }

    /// @param allowed sessions that may be open
    /// @param recorded sessions on record, not fewer
    record Claimed(Claims others, int allowed, int recorded) {}

    /// Gives a part back. Whoever takes it has to see this first, so it needs no lock.
    void giveBack(UUID replica, UUID connection, int held) {
        db.update(
                """
                update gateway.pool_share set held = least(held, $3)
                 where connection_id = $2 and replica_id = $1
                """,
                replica,
                connection,
                held);
        db.update(
                """
                delete from gateway.pool_share
                 where connection_id = $2 and replica_id = $1 and held = 0 and wanted = 0
                """,
                replica,
                connection);
    }

    /// Gives everything back.
    void leave(UUID replica) {
        db.update("delete from gateway.replica where id = $1", replica);
    }

    /// Forgets replicas that have been gone for long.
    void forgetGone() {
        db.update(
                """
                delete from gateway.replica
                 where seen_at < clock_timestamp() - interval '1 min'
                """);
    }

    private void lock(UUID connection) {
        db.update(
                "select pg_advisory_xact_lock(hashtextextended('pool_share ' || $1, 0))",
                connection.toString());
    }

    private Claims others(UUID replica, UUID connection) {
        return claims(
                replica,
                db.list(
                        Share::of,
                        """
                        select s.connection_id, s.replica_id, s.held, s.wanted,
                               extract(epoch from clock_timestamp())::bigint / 2
                          from gateway.pool_share s
                          join gateway.replica r on r.id = s.replica_id
                         where s.connection_id = $1
                           and r.seen_at > clock_timestamp() - interval '6 s'
                         order by s.replica_id
                        """,
                        connection));
    }

    /// In the order of PostgreSQL, which all replicas see.
    private static Claims claims(UUID replica, List<Share> shares) {
        long before =
                shares.stream()
                        .filter(share -> order(share.replica()).compareTo(order(replica)) < 0)
                        .count();
        return new Claims(
                shares.stream()
                        .filter(share -> !share.replica().equals(replica))
                        .map(share -> new Claims.Claim(share.held(), share.wanted()))
                        .toList(),
                (int) before,
                shares.isEmpty() ? 0 : shares.getFirst().turn());
    }

    /// As PostgreSQL orders ids, byte by byte; Java compares them as signed numbers.
    private static String order(UUID id) {
        return id.toString();
    }

    private void put(UUID replica, UUID connection, int held, int wanted) {
        db.update(
                """
                insert into gateway.pool_share (connection_id, replica_id, held, wanted)
                values ($1, $2, $3, $4)
                    on conflict (connection_id, replica_id)
                    do update set held = excluded.held, wanted = excluded.wanted
                """,
                connection,
                replica,
                held,
                wanted);
    }

    private void forget(UUID replica, UUID connection) {
        db.update(
                "delete from gateway.pool_share where connection_id = $1 and replica_id = $2",
                connection,
                replica);
    }
}
