package dev.drawbridge.gateway;

import dev.drawbridge.testkit.TestPostgres;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A real PostgreSQL: the gateway's datastore, and beside it a database with a least-privilege
/// agent.
public final class GatewayDatabases implements QuarkusTestResourceLifecycleManager {
    private static TestPostgres postgres;

    /// Where own tools, resources and prompts may be put as files.
    public static final Path OWN = folder();

    public static TestPostgres postgres() {
        return postgres;
    }

    @Override
    public Map<String, String> start() {
        postgres = TestPostgres.start();
        postgres.run(
                """
                create role agent login password 'agent-secret';
                create role owner_like login password 'x' createrole;
                create schema shop;
                grant usage on schema shop to agent;
                create table shop.item (id int primary key, owner text not null, price numeric);
                comment on table shop.item is 'What is sold.';
                comment on column shop.item.price is 'In euro.';
                insert into shop.item
                select i, case when i % 2 = 0 then 'alice' else 'bob' end, i * 1.5
                  from generate_series(1, 300000) i;
                alter table shop.item enable row level security;
                create policy own on shop.item
                    using (owner = (select current_setting('app.owner', true)));
                create table shop.secret (id int);
                grant select on shop.item to agent;
                analyze shop.item;
                """);
        Map<String, String> settings = postgres.service("gateway");
        settings.put("drawbridge.data-key.file", dataKey().toString());
        settings.put("gateway.target.allow-private-networks", "true");
        settings.put("gateway.target.statement-timeout", "2s");
        settings.put("gateway.login.attempts-per-address", "100000");
        settings.put("gateway.login.refusal-time", "10ms");
        settings.put("gateway.login.remember-for", "3s");
        settings.put("gateway.resource.watch-interval", "300ms");
        settings.put("gateway.own.folder", OWN.toString());
        return settings;
    }

    @Override
    public void stop() {
        postgres.close();
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("own");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path dataKey() {
        try {
            Path file = Files.createTempFile("data-key", "");
            file.toFile().deleteOnExit();
            return Files.writeString(file, "k1:" + "A".repeat(43) + "=\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
