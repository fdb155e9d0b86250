package dev.drawbridge.gateway.tool.operate;

import dev.drawbridge.testkit.TestPostgres;

import org.awaitility.Awaitility;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// A PostgreSQL with tables that lack indexes, and some that lack none.
final class PlantedServer implements AutoCloseable {
    private static final String PLANTED =
            """
            create role agent login password 'agent-secret' in role pg_monitor;
            create extension pg_stat_statements;
            create schema trade;
            grant usage on schema trade to agent;
            create table trade.customer (
                id int primary key, email text not null, name text not null, city text not null,
                region int not null, active boolean not null);
            insert into trade.customer
            select i, 'User' || i || '@Example.com', md5(i::text), 'city ' || i * 31 % 50,
                   i * 17 % 41, i % 10 <> 0
              from generate_series(1, 20000) i;
            create table trade.purchase (
                id int primary key, shop_id int not null, status text not null,
                made timestamptz not null, total int not null, note text not null,
                tags text[] not null, attributes jsonb not null, cancelled timestamptz);
            insert into trade.purchase
            select i, i * 7 % 53, case when i % 100 = 0 then 'failed' else 'done' || i % 3 end,
                   timestamptz '2026-01-01' + i * 7919 % 60000 * interval '1 minute',
                   i * 7919 % 100003, repeat('n', 80), array['a' || i % 500, 'b' || i % 37],
                   jsonb_build_object('colour', 'c' || i % 300),
                   case when i % 200 = 0 then timestamptz '2026-01-02' end
              from generate_series(1, 60000) i;
            create table trade.line (
                id int primary key, purchase_id int not null, product_id int not null,
                amount int not null, remark text not null);
            insert into trade.line
            select i, i * 7919 % 60000, i * 7919 % 2003, i % 9, repeat('r', 60)
              from generate_series(1, 120000) i;
            create table trade.event (
                id int primary key, kind int not null, at timestamptz not null, body text not null);
            insert into trade.event
            select i, i * 7919 % 101, timestamptz '2026-01-01' + i * interval '1 minute',
                   repeat('e', 40)
              from generate_series(1, 60000) i;
            create index event_at_kind on trade.event (at, kind);
            create table trade.visit (customer_id int not null, at timestamptz not null);
            insert into trade.visit
            select i * 7919 % 5003, timestamptz '2026-01-01' + i * interval '1 minute'
              from generate_series(1, 60000) i;
            create index visit_customer on trade.visit (customer_id, at);
            create type trade.state as enum ('done', 'odd', 'gone');
            create table trade.document (
                id int primary key, code text collate "C" not null, word text not null,
                state trade.state not null, written timestamp not null, seen timestamptz not null);
            insert into trade.document
            select i, md5(i::text), 'd' || i, case when i % 300 = 0 then 'odd' else 'done' end::trade.state,
                   timestamp '2026-01-01' + i * 7919 % 300 * interval '1 hour',
                   timestamptz '2026-01-01' + i * 7919 % 60000 * interval '1 minute'
              from generate_series(1, 60000) i;
            create table trade.setting (id int primary key, code text not null);
            insert into trade.setting select i, 'code ' || i from generate_series(1, 50) i;
            create table trade.secret (
                id int primary key, owner text not null, price int not null, note text not null);
            insert into trade.secret
            select i, 'nobody', i * 7919 % 50000, repeat('s', 60) from generate_series(1, 30000) i;
            alter table trade.secret enable row level security;
            create policy own on trade.secret using (owner = current_setting('app.owner', true));
            grant select on all tables in schema trade to agent;
            """;

    private final TestPostgres postgres;
    private final Optional<String> withoutHypopg;

    /// @param version `newest`, or `oldest`, which gets HypoPG where that can be had
    PlantedServer(String version) {
        boolean isNewest = version.equals("newest");
        postgres =
                TestPostgres.start(
                        isNewest ? null : Path.of("target/postgres-oldest"),
                        Map.of(
                                "shared_preload_libraries", "pg_stat_statements",
                                "autovacuum", "off"));
        postgres.run(PLANTED);
        vacuum();
        withoutHypopg = isNewest ? Optional.of("not asked for") : HypoPg.addTo(postgres);
        if (withoutHypopg.isEmpty()) {
            postgres.run("create extension hypopg");
        }
        postgres.run("select pg_stat_statements_reset()");
    }

    TestPostgres postgres() {
        return postgres;
    }

    /// Until all pages are known to be visible to all, which a snapshot of the server's own can
    /// hold up.
    void vacuum() {
        Awaitility.await()
                .until(() -> {
                    postgres.run("vacuum analyze");
                    return "t"
                            .equals(
                                    postgres.value(
                                            """
                                            select bool_and(relallvisible >= relpages)
                                              from pg_class
                                             where relnamespace = 'trade'::regnamespace
                                               and relkind = 'r'
                                            """));
                });
    }

    /// Why it has no HypoPG; empty when it has.
    Optional<String> withoutHypopg() {
        return withoutHypopg;
    }

    @Override
    public void close() {
        postgres.close();
    }
}
