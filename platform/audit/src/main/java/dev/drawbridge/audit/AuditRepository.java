package dev.drawbridge.audit;

import dev.drawbridge.sql.Db;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/// The audit's tables in the schema of the service. They are appended to; heads move by functions
/// of the owner.
@Singleton
final class AuditRepository {
    private final Db db;
    private final String schema;

    @Inject
    AuditRepository(Db db, AuditConfig config) {
        this(db, config.schema());
    }

    AuditRepository(Db db, String schema) {
        this.db = db;
        this.schema = schema;
    }

    String schema() {
        return schema;
    }

    /// Makes partitions ahead and lets readers read.
    void maintain() {
        db.one(_ -> true, sql("select @.audit_maintain()"));
    }

    /// The number of a new chain.
    int open(String writer) {
        return db.one(row -> row.getInteger(0), sql("select @.audit_open($1)"), writer)
                .orElseThrow();
    }

    /// The head of a chain, which nobody moves before this transaction ends.
    Optional<Head> lock(int chain) {
        return db.one(
                AuditRepository::head,
                sql("select seq, hash, at from @.audit_lock($1) where seq is not null"),
                chain);
    }

    /// Whether the head stood where it was thought, and now stands where it should.
    boolean advance(int chain, Head from, Head to, String seal) {
        return db.one(
                        row -> row.getBoolean(0),
                        sql("select @.audit_advance($1, $2, $3, $4, $5, $6, $7)"),
                        chain,
                        from.seq(),
                        Buffer.buffer(from.hash()),
                        to.seq(),
                        Buffer.buffer(to.hash()),
                        time(to.at()),
                        seal)
                .orElseThrow();
    }

    void addContexts(Map<ContextKey, Context> contexts) {
        var keys = List.copyOf(contexts.keySet());
        var values = keys.stream().map(contexts::get).toList();
        db.update(
                sql(
                        """
                        insert into @.audit_context
                               (month, id, tenant, user_id, username, credential_type,
                                credential_id, client, connection, database, rls)
                        select *
                          from unnest($1::date[], $2::uuid[], $3::text[], $4::uuid[], $5::text[],
                                      $6::text[], $7::uuid[], $8::text[], $9::uuid[], $10::text[],
                                      $11::text[])
                            on conflict do nothing
                        """),
                column(keys, ContextKey::month, LocalDate[]::new),
                column(keys, ContextKey::address, UUID[]::new),
                column(values, Context::tenant, String[]::new),
                column(values, Context::user, UUID[]::new),
                column(values, Context::username, String[]::new),
                column(values, Context::credentialType, String[]::new),
                column(values, Context::credential, UUID[]::new),
                column(values, Context::client, String[]::new),
                column(values, Context::connection, UUID[]::new),
                column(values, Context::database, String[]::new),
                column(values, Context::rls, String[]::new));
    }

    /// What stands beside the records of a month.
    record ContextKey(LocalDate month, UUID address) {}

    void addStatements(Map<ContextKey, String> statements) {
        var keys = List.copyOf(statements.keySet());
        db.update(
                sql(
                        """
                        insert into @.audit_statement (month, id, text)
                        select * from unnest($1::date[], $2::uuid[], $3::text[])
                            on conflict do nothing
                        """),
                column(keys, ContextKey::month, LocalDate[]::new),
                column(keys, ContextKey::address, UUID[]::new),
                column(keys, statements::get, String[]::new));
    }

    /// Records that follow one another in one chain.
    void append(List<ChainedRecord> records) {
        ChainedRecord first = records.getFirst();
        db.update(
                sql(
                        """
                        insert into @.audit_record
                               (chain, seq, at, context, action, object, outcome, trace, statement,
                                rows, bytes, duration_us, details, prev, hash)
                        select $1::int, $2::bigint + r.place - 1, r.at, r.context, r.action,
                               r.object, r.outcome, r.trace, r.statement, r.rows, r.bytes,
                               r.duration_us, r.details, r.prev, r.hash
                          from unnest($3::timestamptz[], $4::uuid[], $5::text[], $6::text[],
                                      $7::text[], $8::uuid[], $9::uuid[], $10::int[], $11::int[],
                                      $12::int[], $13::text[], $14::bytea[], $15::bytea[])
                               with ordinality
                               as r (at, context, action, object, outcome, trace, statement, rows,
                                     bytes, duration_us, details, prev, hash, place)
                        """),
                first.chain(),
                first.seq(),
                column(records, record -> time(record.at()), OffsetDateTime[]::new),
                column(records, ChainedRecord::context, UUID[]::new),
                column(records, ChainedRecord::action, String[]::new),
                column(records, ChainedRecord::object, String[]::new),
                column(records, ChainedRecord::outcome, String[]::new),
                column(records, ChainedRecord::trace, UUID[]::new),
                column(records, ChainedRecord::statement, UUID[]::new),
                column(records, ChainedRecord::rows, Integer[]::new),
                column(records, ChainedRecord::bytes, Integer[]::new),
                column(records, ChainedRecord::durationUs, Integer[]::new),
                column(records, ChainedRecord::details, String[]::new),
                column(records, record -> Buffer.buffer(record.prev()), Buffer[]::new),
                column(records, record -> Buffer.buffer(record.hash()), Buffer[]::new));
    }

    /// A chain as another one records it.
    record Standing(String service, int chain, Head head) {}

    /// The heads that a service's chains have reached since a moment; empty while its audit is not
    /// there, or not for us to see.
    List<Standing> heads(String service, Instant since) {
        if (!service.equals(schema) && !isReadable(service + ".audit_head_v1")) {
            return List.of();
        }
        return db.list(
                row -> new Standing(service, row.getInteger("chain"), head(row)),
                "select chain, seq, hash, at from "
                        + service
                        + ".audit_head_v1 where at >= $1 order by chain",
                time(since));
    }

    private boolean isReadable(String view) {
        return db.one(
                        row -> row.getBoolean(0),
                        """
                        select coalesce(
                                 has_schema_privilege(
                                   (select oid from pg_namespace where nspname = $1), 'usage')
                                 and has_table_privilege(to_regclass($2), 'select'), false)
                        """,
                        view.substring(0, view.indexOf('.')),
                        view)
                .orElse(false);
    }

    /// The last record of a chain in a month that has been dropped.
    record Ended(int chain, LocalDate month, Head head) {}

    /// Drops what the owner does not want kept any more.
    List<Ended> expire() {
        return db.list(
                row ->
                        new Ended(
                                row.getInteger("chain"),
                                row.getLocalDate("month"),
                                new Head(
                                        row.getLong("seq"),
                                        row.getBuffer("hash").getBytes(),
                                        Instant.EPOCH)),
                sql("select chain, seq, hash, month from @.audit_expire()"));
    }

    void addCheckpoint(Ended ended, String seal) {
        db.update(
                sql(
                        """
                        insert into @.audit_checkpoint (chain, seq, hash, month, seal)
                        values ($1, $2, $3, $4, $5)
                        """),
                ended.chain(),
                ended.head().seq(),
                Buffer.buffer(ended.head().hash()),
                ended.month(),
                seal);
    }

    private static Head head(Row row) {
        return new Head(
                row.getLong("seq"),
                row.getBuffer("hash").getBytes(),
                row.getOffsetDateTime("at").toInstant());
    }

    /// The schema is of the service's own configuration, never of a request.
    private String sql(String text) {
        return text.replace("@.", schema + ".");
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static <S, T> @Nullable T[] column(
            List<S> rows, Function<S, @Nullable T> field, IntFunction<T[]> array) {
        return rows.stream().map(field).toArray(array);
    }
}
