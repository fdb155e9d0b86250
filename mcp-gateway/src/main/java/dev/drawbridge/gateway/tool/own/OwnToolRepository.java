package dev.drawbridge.gateway.tool.own;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.drawbridge.gateway.target.Described;
import dev.drawbridge.sql.Db;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/// The table of own tools, which is only added to.
@Singleton
final class OwnToolRepository {
    private static final String COLUMNS =
            "tenant, name, version, definition, described, changed_by, changed_at";

    private final Db db;
    private final ObjectMapper json;

    OwnToolRepository(Db db, ObjectMapper json) {
        this.db = db;
        this.json = json;
    }

    /// A version in the past or the present.
    ///
    /// @param definition null for a deletion
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Version(
            long version,
            @Nullable OwnToolDefinition definition,
            String changedBy,
            OffsetDateTime changedAt) {}

    /// Changes with every change of any.
    long fingerprint() {
        return db.one(row -> row.getLong(0), "select count(*) from gateway.own_tool").orElseThrow();
    }

    /// Those that there are now, of all tenants.
    List<StoredTool> list() {
        return db
                .list(
                        this::stored,
                        "select "
                                + COLUMNS
                                + """
                                  from (select distinct on (tenant, name) *
                                          from gateway.own_tool
                                         order by tenant, name, version desc) newest
                                 where definition is not null
                                 order by tenant, name
                                """)
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /// All versions of one, the newest first.
    List<Version> versions(String tenant, String name) {
        return db.list(
                row ->
                        new Version(
                                row.getLong("version"),
                                read(row, "definition", OwnToolDefinition.class).orElse(null),
                                row.getString("changed_by"),
                                row.getOffsetDateTime("changed_at")),
                "select "
                        + COLUMNS
                        + """
                          from gateway.own_tool
                         where tenant = $1 and name = $2
                         order by version desc
                         limit 1000
                        """,
                tenant,
                name);
    }

    /// The newest version of a name, a deletion included; 0 for one that never was.
    long newest(String tenant, String name) {
        return db.one(
                        row -> row.getLong(0),
                        """
                        select coalesce(max(version), 0)
                          from gateway.own_tool
                         where tenant = $1 and name = $2
                        """,
                        tenant,
                        name)
                .orElseThrow();
    }

    /// Adds a version.
    ///
    /// @param definition null for a deletion
    /// @return false when there is one of that number already
    boolean add(
            String tenant,
            String name,
            long version,
            @Nullable OwnToolDefinition definition,
            @Nullable Described described,
            String changedBy) {
        return db.update(
                        """
                        insert into gateway.own_tool
                               (tenant, name, version, definition, described, changed_by)
                        values ($1, $2, $3, $4, $5, $6)
                        on conflict do nothing
                        """,
                        tenant,
                        name,
                        version,
                        written(definition),
                        written(described),
                        changedBy)
                == 1;
    }

    /// One that was written by a later release, with something that this one does not know, is none
    /// here.
    private Optional<StoredTool> stored(Row row) {
        return read(row, "definition", OwnToolDefinition.class)
                .flatMap(definition ->
                        read(row, "described", Described.class)
                                .map(described ->
                                        new StoredTool(
                                                row.getString("tenant"),
                                                definition,
                                                described,
                                                row.getLong("version"),
                                                row.getString("changed_by"),
                                                row.getOffsetDateTime("changed_at"))));
    }

    private @Nullable Object written(@Nullable Object value) {
        try {
            return value == null ? null : new JsonObject(json.writeValueAsString(value));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private <T> Optional<T> read(Row row, String column, Class<T> type) {
        Object value = row.getValue(column);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(json.readValue(Json.encode(value), type));
        } catch (JsonProcessingException unknown) {
            return Optional.empty();
        }
    }
}
