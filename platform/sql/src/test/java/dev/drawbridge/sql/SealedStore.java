package dev.drawbridge.sql;

import dev.drawbridge.testkit.TestPostgres;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A service's schema `thing` with secrets in it, each sealed for its row, and replicas that have
/// key files of their own.
final class SealedStore implements AutoCloseable {
    static final Path MIGRATION =
            Path.of("../../auth-service/src/main/resources/db/auth/V060__data_key_use.sql");

    private final Pool pool;
    final Db db;

    /// An empty one.
    SealedStore(TestPostgres postgres) {
        this(postgres.port());
        try {
            postgres.run(
                    """
                    drop schema if exists thing cascade;
                    create schema thing;
                    create table thing.secret (id int primary key, sealed text not null);
                    """
                            + Files.readString(MIGRATION)
                                    .replace("${flyway:defaultSchema}", "thing"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// One that is there.
    SealedStore(int port) {
        this.pool =
                PgBuilder.pool()
                        .connectingTo(
                                new PgConnectOptions()
                                        .setHost("127.0.0.1")
                                        .setPort(port)
                                        .setDatabase("postgres")
                                        .setUser("postgres")
                                        .setPassword("postgres"))
                        .with(new PoolOptions().setMaxSize(8))
                        .build();
        this.db = new Db(pool);
    }

    /// A process of the service.
    record Replica(DataKeyWatch watch, SecretBox secrets, Resealing resealing, Resealable stored) {}

    Replica replica(Path keyFile) {
        var file = new DataKeyFile(keyFile);
        var repository = new DataKeyRepository(db, "thing");
        var secrets = new SecretBox(file);
        Resealable column =
                new SealedColumns(db, secrets).of("thing.secret", "sealed", "'secret:' || id");
        var resealing =
                new Resealing(
                        file,
                        repository,
                        new StoredSecrets(List.of(column)),
                        new SimpleMeterRegistry());
        var watch = new DataKeyWatch(file, repository);
        watch.look();
        return new Replica(watch, secrets, resealing, column);
    }

    /// Stores this many secrets, with ids from 1 on.
    void add(SecretBox secrets, int count) {
        db.transaction(() -> {
            for (int id = 1; id <= count; id++) {
                db.update(
                        "insert into thing.secret values ($1, $2)",
                        id,
                        secrets.seal("secret:" + id, secret(id)));
            }
            return count;
        });
    }

    /// How many secrets there are under each key.
    Map<String, Long> counts() {
        return new SealedColumn(db, null, "thing.secret", "sealed", "''").countByKey();
    }

    /// What a row holds.
    String open(SecretBox secrets, int id) {
        String sealed =
                db.one(row -> row.getString(0), "select sealed from thing.secret where id = $1", id)
                        .orElseThrow();
        return new String(secrets.open("secret:" + id, sealed), StandardCharsets.UTF_8);
    }

    static byte[] secret(int id) {
        return ("the secret of " + id).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        pool.close().toCompletionStage().toCompletableFuture().join();
    }
}
