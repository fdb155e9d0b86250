package dev.drawbridge.audit;

import dev.drawbridge.sql.Db;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The seals in the audit's tables. They are replaced by a function of the owner.
@Singleton
final class SealRepository {
    private final Db db;
    private final String schema;

    @Inject
    SealRepository(Db db, AuditConfig config) {
        this(db, config.schema());
    }

    SealRepository(Db db, String schema) {
        this.db = db;
        this.schema = schema;
    }

    /// The head of a chain, or the end of a month of it that was dropped, with its seal.
    record Sealed(int chain, Head head, String seal) {}

    String schema() {
        return schema;
    }

    /// How many there are under each data key, by its id.
    Map<String, Long> countByKey() {
        Map<String, Long> counts = new HashMap<>();
        db.list(
                        row -> Map.entry(row.getString("key"), row.getLong("seals")),
                        sql(
                                """
                                select split_part(seal, ':', 1) as key, count(*) as seals
                                  from (select seal from @.audit_chain where seal <> ''
                                        union all
                                        select seal from @.audit_checkpoint) s
                                 group by 1
                                """))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    /// What is sealed under another data key than this one.
    List<Sealed> listWithout(String key) {
        return db.list(
                row ->
                        new Sealed(
                                row.getInteger("chain"),
                                new Head(
                                        row.getLong("seq"),
                                        row.getBuffer("hash").getBytes(),
                                        Instant.EPOCH),
                                row.getString("seal")),
                sql(
                        """
                        select id as chain, seq, hash, seal
                          from @.audit_chain
                         where seal <> '' and split_part(seal, ':', 1) <> $1
                         union
                        select chain, seq, hash, seal
                          from @.audit_checkpoint
                         where split_part(seal, ':', 1) <> $1
                        """),
                key);
    }

    /// Whether the seal was there still, and is the new one now.
    boolean replace(Sealed sealed, String seal) {
        return db.one(
                        row -> row.getBoolean(0),
                        sql("select @.audit_reseal($1, $2, $3)"),
                        sealed.chain(),
                        sealed.seal(),
                        seal)
                .orElseThrow();
    }

    /// The schema is of the service's own configuration, never of a request.
    private String sql(String text) {
        return text.replace("@.", schema + ".");
    }
}
