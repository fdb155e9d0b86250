package dev.drawbridge.auth.audit;

import dev.drawbridge.audit.AuditChain;
import dev.drawbridge.audit.Context;
import dev.drawbridge.audit.Entry;
import dev.drawbridge.audit.StatementText;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.sql.Db;
import dev.drawbridge.sql.SecretBox;

import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;

import org.eclipse.microprofile.config.ConfigProvider;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The audit of a gateway in the same datastore: its schema, its roles and its own migration, and a
/// process that writes calls of tools.
final class GatewayAudit implements AutoCloseable {
    private static final Path MIGRATION =
            Path.of("../mcp-gateway/src/main/resources/db/gateway/V010__audit.sql");

    private final Pool pool;
    private final AuditChain chain;

    GatewayAudit(SecretBox secrets) throws IOException {
        TestTenant.run(
                """
                do $$ begin
                  if to_regnamespace('gateway') is null then
                    create role gateway_owner login password 'test';
                    create role gateway_app login password 'test';
                    create schema gateway authorization gateway_owner;
                    grant usage on schema gateway to gateway_app;
                  end if;
                end $$
                """);
        if (TestTenant.query("select to_regclass('gateway.audit_record')::text") == null) {
            try (var connection = TestTenant.connect();
                    var statement = connection.createStatement()) {
                statement.execute(
                        "set role gateway_owner;"
                                + Files.readString(MIGRATION)
                                        .replace("${flyway:defaultSchema}", "gateway"));
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }
        String url =
                ConfigProvider.getConfig().getValue("quarkus.datasource.jdbc.url", String.class);
        pool =
                PgBuilder.pool()
                        .connectingTo(
                                new PgConnectOptions()
                                        .setHost("127.0.0.1")
                                        .setPort(URI.create(url.substring(5)).getPort())
                                        .setDatabase("postgres")
                                        .setUser("gateway_app")
                                        .setPassword("test"))
                        .with(new PoolOptions().setMaxSize(2))
                        .build();
        chain = AuditChain.of(new Db(pool), "gateway", secrets);
    }

    /// Records a call.
    AuditChain.Place call(TestTenant.Person who, UUID connection, String sql, Instant at) {
        var context =
                new Context(
                        who.tenant(),
                        who.id(),
                        who.username(),
                        "api_token",
                        UUID.randomUUID(),
                        "192.0.2.5",
                        connection,
                        "retail",
                        "{\"mode\":\"claims\"}");
        return chain.append(
                        List.of(
                                new Entry(
                                        at,
                                        context,
                                        "tool.call",
                                        "tool:query_database",
                                        Entry.OK,
                                        UUID.randomUUID(),
                                        () -> Optional.of(StatementText.of(sql)),
                                        new Entry.Measure(3, 40, 1_500),
                                        null)))
                .getFirst();
    }

    @Override
    public void close() {
        pool.close().toCompletionStage().toCompletableFuture().join();
    }
}
