package dev.drawbridge.gateway.audit;

import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/// The table of tool calls: appended to, a batch a statement.
@Singleton
final class ToolCallRepository {
    private final Db db;

    ToolCallRepository(Db db) {
        this.db = db;
    }

    void append(List<ToolCallRecord> calls) {
        db.update(
                """
                insert into gateway.tool_call
                       (id, at, tenant, user_id, credential_id, tool, connection, outcome, rows,
                        bytes, duration_us, sql_digest, trace_id)
                select *
                  from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::uuid[], $5::uuid[],
                              $6::text[], $7::text[], $8::text[], $9::int[], $10::int[],
                              $11::int[], $12::bigint[], $13::text[])
                """,
                column(calls, ToolCallRecord::id, UUID[]::new),
                column(calls, ToolCallRecord::at, OffsetDateTime[]::new),
                column(calls, ToolCallRecord::tenant, String[]::new),
                column(calls, ToolCallRecord::user, UUID[]::new),
                column(calls, ToolCallRecord::credential, UUID[]::new),
                column(calls, ToolCallRecord::tool, String[]::new),
                column(calls, ToolCallRecord::connection, String[]::new),
                column(calls, ToolCallRecord::outcome, String[]::new),
                column(calls, ToolCallRecord::rows, Integer[]::new),
                column(calls, ToolCallRecord::bytes, Integer[]::new),
                column(calls, ToolCallRecord::durationUs, Integer[]::new),
                column(calls, ToolCallRecord::sqlDigest, Long[]::new),
                column(calls, ToolCallRecord::traceId, String[]::new));
    }

    private static <T> @Nullable T[] column(
            List<ToolCallRecord> calls,
            Function<ToolCallRecord, @Nullable T> field,
            IntFunction<T[]> array) {
        return calls.stream().map(field).toArray(array);
    }
}
