package dev.drawbridge.sql;

import org.jboss.logging.Logger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Secrets in a column. Several replicas may seal anew at once: each takes rows that no other has,
/// and replaces only what it has read.
final class SealedColumn implements Resealable {
    private static final Logger LOG = Logger.getLogger(SealedColumn.class);
    private static final String BEFORE_ALL = "(0,0)";
    private static final int BATCH = 100;

    private final Db db;
    private final SecretBox secrets;
    private final String table;
    private final String count;
    private final String next;
    private final String replace;
    private volatile int refused;

    /// The names and the expression are of the service's own code, never of a request.
    SealedColumn(Db db, SecretBox secrets, String table, String column, String purpose) {
        this.db = db;
        this.secrets = secrets;
        this.table = table;
        this.count =
                """
                select split_part(%1$s, ':', 1) as key, count(*) as secrets from %2$s group by 1
                """
                        .formatted(column, table);
        this.next =
                """
                select ctid::text as place, %3$s as purpose, %1$s as sealed
                  from %2$s
                 where ctid > $1::text::tid and split_part(%1$s, ':', 1) <> $2
                 order by ctid
                 limit $3
                   for no key update skip locked
                """
                        .formatted(column, table, purpose);
        this.replace =
                "update %2$s set %1$s = $3 where ctid = $1::text::tid and %1$s = $2"
                        .formatted(column, table);
    }

    private record Row(String place, String purpose, String sealed) {}

    /// @param last where the batch ended; empty at the end of the table
    private record Batch(int resealed, int refused, String last) {}

    @Override
    public String kind() {
        return table.substring(table.indexOf('.') + 1);
    }

    @Override
    public Map<String, Long> countByKey() {
        Map<String, Long> counts = new HashMap<>();
        db.list(row -> Map.entry(row.getString("key"), row.getLong("secrets")), count)
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    @Override
    public int reseal(int most) {
        String key = secrets.sealing();
        int done = 0;
        int closed = 0;
        Batch batch = new Batch(0, 0, BEFORE_ALL);
        while (done < most && !batch.last().isEmpty()) {
            String after = batch.last();
            int room = Math.min(BATCH, most - done);
            batch = db.transaction(() -> reseal(key, after, room));
            done += batch.resealed();
            closed += batch.refused();
        }
        if (closed != refused && closed > 0) {
            LOG.warnf("%d of %s do not open and stay under their keys", closed, table);
        }
        refused = closed;
        return done;
    }

    private Batch reseal(String key, String after, int most) {
        List<Row> rows =
                db.list(
                        row ->
                                new Row(
                                        row.getString("place"),
                                        row.getString("purpose"),
                                        row.getString("sealed")),
                        next,
                        after,
                        key,
                        most);
        int resealed = 0;
        int closed = 0;
        for (Row row : rows) {
            try {
                byte[] secret = secrets.open(row.purpose(), row.sealed());
                String anew = secrets.seal(row.purpose(), secret);
                resealed += db.update(replace, row.place(), row.sealed(), anew);
            } catch (IllegalStateException doesNotOpen) {
                closed++;
            }
        }
        return new Batch(resealed, closed, rows.isEmpty() ? "" : rows.getLast().place());
    }
}
