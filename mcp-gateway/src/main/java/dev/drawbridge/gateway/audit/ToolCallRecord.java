package dev.drawbridge.gateway.audit;

import com.github.f4b6a3.uuid.UuidCreator;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.ProblemDetails;

import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.zip.CRC32C;

/// One tool call that was answered or refused. Never the statement's text or its parameters: they
/// may hold what the audit's readers must not see.
///
/// @param outcome `OK` or the code of the problem
/// @param bytes of the structured answer, before compression
/// @param sqlDigest tells equal statements from different ones
public record ToolCallRecord(
        UUID id,
        OffsetDateTime at,
        String tenant,
        UUID user,
        UUID credential,
        String tool,
        @Nullable String connection,
        String outcome,
        int rows,
        int bytes,
        int durationUs,
        @Nullable Long sqlDigest,
        String traceId) {
    private static final int NANOS_PER_MICRO = 1_000;

    /// A record of a call that ends now.
    ///
    /// @param started `System.nanoTime()` at its beginning
    public static ToolCallRecord of(
            Caller caller,
            String tool,
            JsonObject arguments,
            String outcome,
            int rows,
            int bytes,
            long started) {
        return new ToolCallRecord(
                UuidCreator.getTimeOrderedEpochFast(), // An id that nobody needs to guess.
                OffsetDateTime.now(ZoneOffset.UTC),
                caller.tenant(),
                caller.id(),
                caller.credential().id(),
                tool,
                text(arguments, "connection_id"),
                outcome,
                rows,
                bytes,
                (int) Math.min(Integer.MAX_VALUE, (System.nanoTime() - started) / NANOS_PER_MICRO),
                digest(text(arguments, "sql")),
                ProblemDetails.currentTraceId());
    }

    /// Refused calls may carry arguments of any type.
    private static @Nullable String text(JsonObject arguments, String name) {
        return arguments.getValue(name) instanceof String text ? text : null;
    }

    private static @Nullable Long digest(@Nullable String sql) {
        if (sql == null) {
            return null;
        }
        var crc = new CRC32C();
        crc.update(sql.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
