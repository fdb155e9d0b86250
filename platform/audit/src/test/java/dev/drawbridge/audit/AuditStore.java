package dev.drawbridge.audit;

import dev.drawbridge.sql.Db;
import dev.drawbridge.sql.SecretBox;
import dev.drawbridge.testkit.TestPostgres;

import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A PostgreSQL with the audits of both services, as their migrations make them, and a writer in
/// each.
final class AuditStore implements AutoCloseable {
    static final UUID TRACE = UUID.fromString("0af76519-16cd-43dd-8448-eb211c80319c");
    static final List<Path> MIGRATIONS =
            List.of(
                    Path.of("../../auth-service/src/main/resources/db/auth/V040__audit.sql"),
                    Path.of("../../mcp-gateway/src/main/resources/db/gateway/V010__audit.sql"));
    static final List<Path> RESEAL_MIGRATIONS =
            List.of(
                    Path.of("../../auth-service/src/main/resources/db/auth/V061__audit_reseal.sql"),
                    Path.of(
                            "../../mcp-gateway/src/main/resources/db/gateway/"
                                    + "V041__audit_reseal.sql"));

    final TestPostgres postgres;
    final SecretBox secrets = SecretBox.of(keyFile('A'));
    final Writer auth;
    final Writer gateway;

    /// Empty audits on a server that others had before.
    ///
    /// @param postgres one of [#server]
    AuditStore(TestPostgres postgres) {
        this.postgres = postgres;
        begin("auth", MIGRATIONS.get(0), RESEAL_MIGRATIONS.get(0));
        begin("gateway", MIGRATIONS.get(1), RESEAL_MIGRATIONS.get(1));
        auth = writer("auth");
        gateway = writer("gateway");
    }

    /// A server with the roles of both services.
    static TestPostgres server() {
        TestPostgres postgres = TestPostgres.start();
        postgres.service("auth");
        postgres.service("gateway");
        return postgres;
    }

    /// A process of a service, as far as its audit goes.
    record Writer(Pool pool, Db db, AuditRepository repository, AuditChain chain, Anchors anchors)
            implements AutoCloseable {
        AuditChain.Place write(String object) {
            return chain.append(List.of(entry(object))).getFirst();
        }

        @Override
        public void close() {
            pool.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    static Entry entry(String object) {
        return Entry.now(
                Context.stranger("default", "192.0.2.1"), "thing.do", object, Entry.OK, TRACE);
    }

    static Entry pending(String object) {
        return Entry.now(
                Context.stranger("default", "192.0.2.1"),
                "tool.intent",
                object,
                Entry.PENDING,
                TRACE);
    }

    Writer writer(String schema) {
        return writer(schema, secrets);
    }

    Writer writer(String schema, SecretBox secrets) {
        Pool pool = pool(postgres.port(), schema);
        var db = new Db(pool);
        var repository = new AuditRepository(db, schema);
        var chain = new AuditChain(db, repository, secrets);
        return new Writer(pool, db, repository, chain, new Anchors(repository, chain));
    }

    static Pool pool(int port, String schema) {
        return PgBuilder.pool()
                .connectingTo(
                        new PgConnectOptions()
                                .setHost("127.0.0.1")
                                .setPort(port)
                                .setDatabase("postgres")
                                .setUser(schema + "_app")
                                .setPassword("test"))
                .with(new PoolOptions().setMaxSize(4))
                .build();
    }

    /// A key file.
    ///
    /// @param keys the first one seals
    static Path keyFile(Character... keys) {
        try {
            Path file = Files.createTempFile("data-key", null);
            file.toFile().deleteOnExit();
            return Files.writeString(
                    file,
                    Stream.of(keys)
                            .map(key -> "k" + key + ":" + key.toString().repeat(42) + "A=\n")
                            .collect(Collectors.joining()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    AuditReport prove() {
        return prove(secrets, List.of());
    }

    AuditReport prove(SecretBox keys, List<AuditReport.Standing> kept) {
        try (Connection connection = postgres.connect()) {
            return AuditProof.of(connection, keys, kept, "auth", "gateway");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void begin(String schema, Path migration, Path reseal) {
        try {
            postgres.run(
                    """
                    drop schema %1$s cascade;
                    create schema %1$s authorization %1$s_owner;
                    grant usage on schema %1$s to %1$s_app;
                    alter default privileges for role %1$s_owner in schema %1$s
                        grant select, insert, update, delete on tables to %1$s_app;
                    set role %1$s_owner;
                    """
                                    .formatted(schema)
                            + (Files.readString(migration) + Files.readString(reseal))
                                    .replace("${flyway:defaultSchema}", schema));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        auth.close();
        gateway.close();
    }
}
