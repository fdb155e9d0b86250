package dev.drawbridge.auth.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;

import dev.drawbridge.sql.Db;

import io.vertx.sqlclient.Row;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Audit records of every service, by the views that each grants.
@Singleton
final class AuditLogRepository {
    /// In the order in which records of one moment are listed; a number is part of cursors.
    private static final List<String> SOURCES = List.of("auth", "gateway");

    private final Db db;
    private final ObjectMapper json;

    AuditLogRepository(Db db, ObjectMapper json) {
        this.db = db;
        this.json = json;
    }

    /// A record with its place.
    record Found(AuditCursor place, RecordedEvent event) {}

    /// Numbers of the services whose audits are there and readable.
    List<Integer> sources() {
        return java.util.stream.IntStream.rangeClosed(1, SOURCES.size())
                .boxed()
                .filter(source -> isReadable(SOURCES.get(source - 1)))
                .toList();
    }

    /// When the first chain began; empty without one.
    Optional<Instant> beginning(List<Integer> sources) {
        return sources.stream()
                .flatMap(source ->
                        db
                                .one(
                                        row -> Optional.ofNullable(row.getOffsetDateTime(0)),
                                        "select min(opened_at) from "
                                                + SOURCES.get(source - 1)
                                                + ".audit_head_v1")
                                .orElse(Optional.empty())
                                .stream())
                .map(OffsetDateTime::toInstant)
                .min(Instant::compareTo);
    }

    /// A stretch of time to look at, and what of it counts.
    ///
    /// @param tenant whose records
    /// @param whole whether also those that belong to no tenant
    /// @param since its beginning; its end is `before`
    record Stretch(String tenant, boolean whole, Instant since, AuditCursor before, int limit) {}

    /// The newest records of a stretch, from one service.
    List<Found> list(int source, Stretch stretch, AuditFilter filter) {
        return db.list(
                row -> found(source, row),
                """
                select chain, seq, at, user_id, username, credential_type, credential_id, client,
                       connection, database, rls, action, object, outcome, fingerprint, statement,
                       rows, bytes, duration_us, trace, details, hash
                  from @.audit_v1
                 where at >= $1 and at <= $2
                   and (at, $3::int, chain, seq) < ($2, $4::int, $5::int, $6::bigint)
                   and (tenant = $7 or (tenant is null and $8::bool))
                   and ($9::uuid is null or user_id = $9 or object = 'user:' || $9)
                   and ($10::text is null or action = $10)
                   and ($11::text is null or object = $11
                        or ($12::bool and starts_with(object, $11)))
                   and ($13::uuid is null or connection = $13
                        or object = 'connection:' || $13)
                   and ($14::text is null or outcome = $14)
                   and ($15::uuid is null or trace = $15)
                 order by at desc, chain desc, seq desc
                 limit $16
                """
                        .replace("@.", SOURCES.get(source - 1) + "."),
                time(stretch.since()),
                time(stretch.before().at()),
                source,
                stretch.before().source(),
                stretch.before().chain(),
                stretch.before().seq(),
                stretch.tenant(),
                stretch.whole(),
                filter.user(),
                filter.action(),
                filter.objectText(),
                filter.isPrefix(),
                filter.connection(),
                filter.outcome(),
                filter.trace(),
                stretch.limit());
    }

    private boolean isReadable(String schema) {
        return db.one(
                        row -> row.getBoolean(0),
                        """
                        select coalesce(
                                 has_schema_privilege(
                                   (select oid from pg_namespace where nspname = $1), 'usage')
                                 and has_table_privilege(to_regclass($1 || '.audit_v1'), 'select'),
                                 false)
                        """,
                        schema)
                .orElse(false);
    }

    private Found found(int source, Row row) {
        int chain = row.getInteger("chain");
        long seq = row.getLong("seq");
        Instant at = row.getOffsetDateTime("at").toInstant();
        return new Found(
                new AuditCursor(at, source, chain, seq),
                new RecordedEvent(
                        SOURCES.get(source - 1) + "/" + chain + "/" + seq,
                        at,
                        row.getString("action"),
                        row.getString("object"),
                        row.getString("outcome"),
                        row.getUUID("user_id"),
                        row.getString("username"),
                        row.getString("credential_type"),
                        row.getUUID("credential_id"),
                        row.getString("client"),
                        row.getUUID("connection"),
                        row.getString("database"),
                        json(row.getString("rls")),
                        row.getUUID("fingerprint"),
                        row.getString("statement"),
                        row.getInteger("rows"),
                        row.getInteger("bytes"),
                        row.getInteger("duration_us"),
                        hex(row.getUUID("trace")),
                        json(row.getString("details")),
                        HexFormat.of().formatHex(row.getBuffer("hash").getBytes())));
    }

    /// Somebody may have changed it into what is no JSON: shown as it stands, and found by a proof.
    private @Nullable JsonNode json(@Nullable String text) {
        try {
            return text == null ? null : json.readTree(text);
        } catch (JsonProcessingException changed) {
            return new TextNode(text);
        }
    }

    private static String hex(UUID id) {
        return id.toString().replace("-", "");
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
