package dev.drawbridge.gateway.connection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.drawbridge.gateway.cache.CacheRule;
import dev.drawbridge.gateway.catalog.GuardRules;
import dev.drawbridge.gateway.pool.Environment;
import dev.drawbridge.gateway.pool.PoolRules;
import dev.drawbridge.gateway.sqlguard.WriteMode;
import dev.drawbridge.gateway.target.Endpoint;
import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.Rls;
import dev.drawbridge.gateway.target.TlsMode;
import dev.drawbridge.identity.network.Cidr;
import dev.drawbridge.sql.Db;
import dev.drawbridge.sql.Resealable;
import dev.drawbridge.sql.SealedColumns;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// The table of connections. Every statement about one names its tenant, so a guessed id finds
/// nothing.
@Singleton
final class ConnectionRepository {
    private static final String COLUMNS =
            """
            tenant, id, name, host, port, database, username, sealed_password, tls_mode,
            tls_ca_certificate, tls_client_certificate, mode, prepared_statements, region,
            endpoints, environment, max_connections, allow_writes, write_mode,
            database_credentials, rls, guard, cache, pools, networks, version, created_at,
            updated_at,
            """
                    + ConnectionSecretRepository.OF_A_CONNECTION;

    private final Db db;
    private final ObjectMapper json;

    ConnectionRepository(Db db, ObjectMapper json) {
        this.db = db;
        this.json = json;
    }

    /// The passwords, which [Connections] seals for their connections.
    @Produces
    @Singleton
    Resealable sealed(SealedColumns columns) {
        return columns.of(
                "gateway.connection", "sealed_password", "'connection:' || id || ':password'");
    }

    List<Connection> list() {
        return db.list(this::connection, "select " + COLUMNS + " from gateway.connection");
    }

    /// Changes with every change of any connection, and once all secrets are sealed under another
    /// data key.
    String fingerprint() {
        return db.one(
                        row -> row.getString(0),
                        """
                        select count(*) || ' ' || coalesce(sum(version), 0)
                               || ' ' || coalesce(max(updated_at)::text, '')
                               || ' ' || coalesce(
                                    string_agg(distinct split_part(sealed_password, ':', 1), ','),
                                    '')
                               || ' ' || (select coalesce(
                                    string_agg(distinct split_part(sealed, ':', 1), ','), '')
                                    from gateway.connection_secret)
                          from gateway.connection
                        """)
                .orElseThrow();
    }

    Optional<Connection> find(String tenant, UUID id) {
        return db.one(
                this::connection,
                "select " + COLUMNS + " from gateway.connection where tenant = $1 and id = $2",
                tenant,
                id);
    }

    /// What a key was used for before: the connection's id and the digest of the request.
    Optional<Made> findMade(String tenant, String idempotencyKey) {
        return db.one(
                row -> new Made(row.getUUID(0), row.getString(1)),
                """
                select id, idempotency_digest
                  from gateway.connection
                 where tenant = $1 and idempotency_key = $2
                """,
                tenant,
                idempotencyKey);
    }

    record Made(UUID id, String digest) {}

    void insert(Connection made, @Nullable String idempotencyKey, String digest) {
        db.update(
                """
                insert into gateway.connection
                       (tenant, id, name, host, port, database, username, sealed_password,
                        tls_mode, tls_ca_certificate, tls_client_certificate, mode,
                        prepared_statements, region, endpoints, environment, max_connections,
                        allow_writes, write_mode, database_credentials, rls, guard, cache,
                        pools, networks, version, idempotency_key, idempotency_digest)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
                        $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28)
                """,
                made.tenant(),
                made.id(),
                made.name(),
                made.host(),
                made.port(),
                made.database(),
                made.username(),
                made.sealedPassword(),
                made.tlsMode().name(),
                made.tlsCaCertificate(),
                made.tlsClientCertificate(),
                made.mode().name(),
                made.preparedStatements(),
                made.region(),
                storedList(made.endpoints()),
                made.environment().name(),
                made.maxConnections(),
                made.allowWrites(),
                made.writeMode().name(),
                made.databaseCredentials(),
                stored(made.rls()),
                stored(made.guard()),
                stored(made.cache()),
                stored(made.pools()),
                texts(made.networks()),
                made.version(),
                idempotencyKey,
                digest);
    }

    /// Replaces the version before this one. A password that is not changed stays as it is stored,
    /// where it may have been sealed anew since it was read.
    ///
    /// @return false when that is no longer the present one
    boolean update(Connection changed, boolean passwordChanged) {
        return db.update(
                        """
                        update gateway.connection
                           set name = $4, host = $5, port = $6, database = $7, username = $8,
                               sealed_password = coalesce($9, sealed_password),
                               tls_mode = $10, tls_ca_certificate = $11,
                               tls_client_certificate = $12, mode = $13,
                               prepared_statements = $14, region = $15, endpoints = $16,
                               environment = $17, max_connections = $18,
                               allow_writes = $19, write_mode = $20,
                               database_credentials = $21, rls = $22, guard = $23, cache = $24,
                               pools = $25, networks = $26,
                               version = version + 1, updated_at = now()
                         where tenant = $1 and id = $2 and version = $3
                        """,
                        changed.tenant(),
                        changed.id(),
                        changed.version() - 1,
                        changed.name(),
                        changed.host(),
                        changed.port(),
                        changed.database(),
                        changed.username(),
                        passwordChanged ? changed.sealedPassword() : null,
                        changed.tlsMode().name(),
                        changed.tlsCaCertificate(),
                        changed.tlsClientCertificate(),
                        changed.mode().name(),
                        changed.preparedStatements(),
                        changed.region(),
                        storedList(changed.endpoints()),
                        changed.environment().name(),
                        changed.maxConnections(),
                        changed.allowWrites(),
                        changed.writeMode().name(),
                        changed.databaseCredentials(),
                        stored(changed.rls()),
                        stored(changed.guard()),
                        stored(changed.cache()),
                        stored(changed.pools()),
                        texts(changed.networks()))
                == 1;
    }

    boolean delete(String tenant, UUID id) {
        return db.update("delete from gateway.connection where tenant = $1 and id = $2", tenant, id)
                == 1;
    }

    private static String[] texts(List<Cidr> networks) {
        return networks.stream().map(Cidr::toString).toArray(String[]::new);
    }

    private JsonObject stored(Object part) {
        try {
            return new JsonObject(json.writeValueAsString(part));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private JsonArray storedList(List<Endpoint> endpoints) {
        return new JsonArray(endpoints.stream().map(this::stored).toList());
    }

    private List<Endpoint> endpoints(JsonArray stored) {
        return stored.stream()
                .map(one -> read("endpoint", (JsonObject) one, Endpoint.class))
                .toList();
    }

    private Connection connection(Row row) {
        return new Connection(
                row.getUUID("id"),
                row.getString("tenant"),
                row.getString("name"),
                row.getString("host"),
                row.getInteger("port"),
                row.getString("database"),
                row.getString("username"),
                row.getString("sealed_password"),
                TlsMode.valueOf(row.getString("tls_mode")),
                row.getString("tls_ca_certificate"),
                row.getString("tls_client_certificate"),
                PoolMode.valueOf(row.getString("mode")),
                row.getBoolean("prepared_statements"),
                row.getString("region"),
                endpoints(row.getJsonArray("endpoints")),
                Environment.valueOf(row.getString("environment")),
                row.getInteger("max_connections"),
                row.getBoolean("allow_writes"),
                WriteMode.valueOf(row.getString("write_mode")),
                row.getBoolean("database_credentials"),
                read(row, "rls", Rls.class),
                read(row, "guard", GuardRules.class),
                read(row, "cache", CacheRule.class),
                read(row, "pools", PoolRules.class),
                Stream.of(row.getArrayOfStrings("networks")).map(Cidr::parse).toList(),
                ConnectionSecretRepository.secrets(row.getJsonArray("secrets")),
                row.getLong("version"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"));
    }

    private <T> T read(Row row, String column, Class<T> type) {
        return read(column, row.getJsonObject(column), type);
    }

    private <T> T read(String what, JsonObject stored, Class<T> type) {
        try {
            return json.readValue(stored.encode(), type);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("A stored " + what + " cannot be read", broken);
        }
    }
}
