package dev.drawbridge.sql;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Which data keys the replicas of this service know and seal with: a row for each replica and key
/// that it sealed with, with the moment at which it last said so.
@Singleton
final class DataKeyRepository {
    private final Db db;
    private final String schema;

    @Inject
    DataKeyRepository(
            Db db, @ConfigProperty(name = "quarkus.flyway.default-schema") String schema) {
        this.db = db;
        this.schema = schema;
    }

    /// A process of this service.
    ///
    /// @param knows ids of keys, the sealing one first
    record Replica(UUID id, String seals, List<String> knows, Instant seenAt) {}

    /// Renews what a replica says.
    void say(UUID replica, DataKeys keys) {
        db.update(
                sql(
                        """
                        insert into @.data_key_use (replica, sealing, known, seen_at)
                        values ($1, $2, $3, now())
                            on conflict (replica, sealing) do update
                           set known = excluded.known, seen_at = excluded.seen_at
                        """),
                replica,
                keys.sealing(),
                keys.ids().toArray(String[]::new));
    }

    /// Those that were heard lately: one that ended counts as running for 15 s.
    List<Replica> running() {
        return db.list(
                row ->
                        new Replica(
                                row.getUUID("replica"),
                                row.getString("sealing"),
                                List.of(row.getArrayOfStrings("known")),
                                row.getOffsetDateTime("seen_at").toInstant()),
                sql(
                        """
                        select distinct on (replica) replica, sealing, known, seen_at
                          from @.data_key_use
                         where seen_at > now() - interval '15 s'
                         order by replica, seen_at desc
                        """));
    }

    /// The keys that sealed within the last hour, which is as long as what callers hold may live,
    /// and when they last did.
    Map<String, Instant> sealedLately() {
        Map<String, Instant> lately = new HashMap<>();
        db.list(
                        row ->
                                Map.entry(
                                        row.getString("sealing"),
                                        row.getOffsetDateTime("seen_at").toInstant()),
                        sql(
                                """
                                select sealing, max(seen_at) as seen_at
                                  from @.data_key_use
                                 where seen_at > now() - interval '1 hour'
                                 group by sealing
                                """))
                .forEach(entry -> lately.put(entry.getKey(), entry.getValue()));
        return lately;
    }

    void removeOld() {
        db.update(sql("delete from @.data_key_use where seen_at < now() - interval '1 day'"));
    }

    /// The schema is of the service's own configuration, never of a request.
    private String sql(String text) {
        return text.replace("@.", schema + ".");
    }
}
