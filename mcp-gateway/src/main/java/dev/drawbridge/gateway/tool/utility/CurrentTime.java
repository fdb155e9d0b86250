package dev.drawbridge.gateway.tool.utility;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.gateway.tool.Features;
import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.ToolDefinition;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/// Says what time it is, which a model cannot know.
@Singleton
final class CurrentTime implements Tool {
    private static final String DATABASE_TIME =
            """
            select (extract(epoch from clock_timestamp()) * 1000)::bigint,
                   to_char(clock_timestamp(), 'YYYY-MM-DD"T"HH24:MI:SSOF'),
                   current_setting('TimeZone')
            """;

    private static final String ZONE = "zone";

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "current_time",
                    "Current time",
                    "The date and time now: in UTC, where the gateway is, with zone there, and with"
                            + " connection_id as a database sees it, with its time zone.",
                    Schemas.of()
                            .optional(
                                    ZONE,
                                    Schemas.string("IANA name, such as Europe/Berlin.")
                                            .put("maxLength", 64))
                            .optional(
                                    "connection_id",
                                    Schemas.string("From list_connections.")
                                            .put("maxLength", 64)
                                            .put("x-mcp-header", "Connection"))
                            .closed(),
                    Schemas.of()
                            .required("utc", Schemas.typed("string"))
                            .required("gatewayZone", Schemas.typed("string"))
                            .optional("zoneTime", Schemas.typed("string"))
                            .optional("databaseTime", Schemas.typed("string"))
                            .optional("databaseZone", Schemas.typed("string"))
                            .open(),
                    ToolDefinition.Hints.READS,
                    Set.of(Features.UTILITY));

    private final Databases databases;

    CurrentTime(Databases databases) {
        this.databases = databases;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        ZoneId zone = zone(call.optionalText(ZONE));
        if (call.optionalText("connection_id") == null) {
            return Future.succeededFuture(answer(here(zone)));
        }
        return databases
                .of(call)
                .values(DATABASE_TIME)
                .map(rows -> answer(there(here(zone), rows.getFirst())));
    }

    private static @Nullable ZoneId zone(@Nullable String name) {
        if (name == null) {
            return null;
        }
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw new Problem.Invalid(ZONE, "is no IANA time zone, such as Europe/Berlin")
                    .exception();
        }
        return ZoneId.of(name);
    }

    private static JsonObject here(@Nullable ZoneId asked) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        ZoneId zone = ZoneId.systemDefault();
        ZonedDateTime there = now.atZone(asked == null ? zone : asked);
        var told =
                new JsonObject()
                        .put("utc", now.toString())
                        .put("weekday", there.getDayOfWeek().toString())
                        .put("gatewayTime", now.atZone(zone).toOffsetDateTime().toString())
                        .put("gatewayZone", zone.getId());
        return asked == null ? told : told.put("zoneTime", there.toOffsetDateTime().toString());
    }

    private static JsonObject there(JsonObject here, List<@Nullable Object> row) {
        Instant database =
                row.getFirst() instanceof Long millis
                        ? Instant.ofEpochMilli(millis)
                        : Instant.EPOCH;
        return here.put("databaseTime", row.get(1))
                .put("databaseZone", row.get(2))
                .put("databaseAheadSeconds", Duration.between(Instant.now(), database).toSeconds());
    }

    private static Outcome<ToolAnswer> answer(JsonObject told) {
        var text = new StringBuilder();
        told.forEach(field ->
                text.append(field.getKey()).append('\t').append(field.getValue()).append('\n'));
        return Outcome.done(new ToolAnswer(text.toString(), told.encode(), 0));
    }
}
