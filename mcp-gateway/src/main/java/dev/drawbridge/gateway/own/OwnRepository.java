package dev.drawbridge.gateway.own;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.drawbridge.gateway.target.Described;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.sql.Db;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/// The tables of what tenants define, one for each kind, which are only added to.
@Singleton
public final class OwnRepository {
    private final Db db;
    private final ObjectMapper json;

    OwnRepository(Db db, ObjectMapper json) {
        this.db = db;
        this.json = json;
    }

    /// A version in the past or the present.
    ///
    /// @param definition null for a deletion
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Version<D extends OwnDefinition>(
            long version, @Nullable D definition, String changedBy, OffsetDateTime changedAt) {}

    /// Changes with every change of any.
    long fingerprint(OwnKind<?, ?> kind) {
        return db.one(row -> row.getLong(0), "select count(*) from " + table(kind)).orElseThrow();
    }

    /// Those that there are now, of all tenants, by tenant and name.
    <D extends OwnDefinition> List<OwnStored<D>> list(OwnKind<D, ?> kind) {
        return db
                .list(
                        row -> stored(kind, row),
                        """
                        select tenant, name, version, definition, described, changed_by, changed_at
                          from (select distinct on (tenant, name) *
                                  from %s
                                 order by tenant, name, version desc) newest
                         where definition is not null
                         order by tenant, name
                        """
                                .formatted(table(kind)))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /// All versions of one, the newest first.
    <D extends OwnDefinition> List<Version<D>> versions(
            OwnKind<D, ?> kind, String tenant, String name) {
        return db.list(
                row ->
                        new Version<>(
                                row.getLong("version"),
                                read(row, "definition", kind.form()).orElse(null),
                                row.getString("changed_by"),
                                row.getOffsetDateTime("changed_at")),
                """
                select version, definition, changed_by, changed_at
                  from %s
                 where tenant = $1 and name = $2
                 order by version desc
                 limit 1000
                """
                        .formatted(table(kind)),
                tenant,
                name);
    }

    /// The newest version of a name, a deletion included; 0 for one that never was.
    long newest(OwnKind<?, ?> kind, String tenant, String name) {
        return db.one(
                        row -> row.getLong(0),
                        """
                        select coalesce(max(version), 0)
                          from %s
                         where tenant = $1 and name = $2
                        """
                                .formatted(table(kind)),
                        tenant,
                        name)
                .orElseThrow();
    }

    /// Adds a version.
    ///
    /// @param by who makes it, of whose tenant it is
    /// @param definition null for a deletion
    /// @return false when there is one of that number already
    <D extends OwnDefinition> boolean add(
            OwnKind<D, ?> kind,
            Caller by,
            String name,
            long version,
            @Nullable D definition,
            @Nullable Described described) {
        return db.update(
                        """
                        insert into %s
                               (tenant, name, version, definition, described, changed_by)
                        values ($1, $2, $3, $4, $5, $6)
                        on conflict do nothing
                        """
                                .formatted(table(kind)),
                        by.tenant(),
                        name,
                        version,
                        written(definition),
                        written(described),
                        by.username())
                == 1;
    }

    private static String table(OwnKind<?, ?> kind) {
        return "gateway.own_" + kind.word();
    }

    /// One that was written by a later release, with something that this one does not know, is none
    /// here.
    private <D extends OwnDefinition> Optional<OwnStored<D>> stored(OwnKind<D, ?> kind, Row row) {
        return read(row, "definition", kind.form())
                .flatMap(definition ->
                        read(row, "described", Described.class)
                                .map(described ->
                                        new OwnStored<>(
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

    private <V> Optional<V> read(Row row, String column, Class<V> type) {
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
