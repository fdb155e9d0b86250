package dev.drawbridge.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.gateway.sqlguard.ReadOnlySql;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.RowContextFixtures;
import dev.drawbridge.gateway.target.wire.TargetFixtures;
import dev.drawbridge.gateway.target.wire.TargetPool;
import dev.drawbridge.testkit.TestPostgres;

import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

/// How old a catalog may be, with a real server.
class CatalogsTest {
    private static final Duration NEVER_OLD = Duration.ofDays(1);
    private static final Duration ALWAYS_OLD = Duration.ZERO;

    private static final RowContext NOBODY =
            RowContextFixtures.nobody(TargetFixtures.config(Map.of()));

    private TestPostgres server;
    private Vertx vertx;
    private TargetPool pool;

    @BeforeEach
    void start() {
        server = TestPostgres.start();
        server.run("create role agent login password 'agent'");
        server.run("create function hold(int) returns int immutable language sql as 'select $1'");
        server.run("create view numbers as select 1 as n");
        vertx = Vertx.vertx();
        pool = CatalogFixtures.pool(vertx, server.port(), "agent");
    }

    @AfterEach
    void stop() {
        pool.close();
        CatalogFixtures.await(vertx.close());
        server.close();
    }

    private DatabaseCatalog present(Catalogs catalogs) {
        return CatalogFixtures.await(catalogs.of(pool, NOBODY, GuardRules.NONE));
    }

    private Catalogs catalogs(Duration freshness) {
        return new Catalogs(vertx, () -> freshness);
    }

    @Test
    void what_a_function_or_a_view_becomes_is_noticed() {
        Catalogs catalogs = catalogs(ALWAYS_OLD);
        var calls = ReadOnlySql.parse("select hold(1)");
        var reads = ReadOnlySql.parse("select * from numbers");
        present(catalogs).check(calls);
        present(catalogs).check(reads);

        server.run("alter function hold(int) volatile");
        assertThatThrownBy(() -> present(catalogs).check(calls)).isNotNull();
        present(catalogs).check(reads);

        server.run(
                "create function seize(int) returns int language sql as 'select $1';"
                        + "create or replace view numbers as select seize(1) as n");
        assertThatThrownBy(() -> present(catalogs).check(reads)).isNotNull();

        server.run("alter function hold(int) immutable; alter function seize(int) stable");
        present(catalogs).check(calls);
        present(catalogs).check(reads);
    }

    @Test
    void what_a_role_becomes_is_noticed() {
        Catalogs catalogs = catalogs(ALWAYS_OLD);
        var reads = ReadOnlySql.parse("select * from everything");
        server.run(
                "create table kept (n int); alter table kept enable row level security;"
                        + "create role keeper; grant select on kept to keeper;"
                        + "create policy nothing on kept using (false);"
                        + "create view everything as select * from kept;"
                        + "alter view everything owner to keeper");
        present(catalogs).check(reads);

        server.run("alter role keeper bypassrls");
        assertThatThrownBy(() -> present(catalogs).check(reads)).isNotNull();
    }

    @Test
    void one_that_is_not_old_is_not_asked_for_again() {
        Catalogs catalogs = catalogs(NEVER_OLD);
        DatabaseCatalog first = present(catalogs);
        server.close();

        assertThat(present(catalogs)).isSameAs(first);
    }

    @Test
    void an_old_one_is_not_used_when_the_database_does_not_answer() {
        Catalogs catalogs = catalogs(ALWAYS_OLD);
        present(catalogs);
        server.close();

        assertThatThrownBy(() -> present(catalogs)).hasMessageContaining("DATABASE_UNAVAILABLE");
    }

    @Test
    void a_database_that_could_not_be_asked_is_asked_again() {
        server.run("revoke connect on database postgres from public");
        Catalogs catalogs = catalogs(ALWAYS_OLD);
        assertThatThrownBy(() -> present(catalogs)).isNotNull();

        server.run("grant connect on database postgres to public");
        assertThatCode(() -> present(catalogs)).doesNotThrowAnyException();
    }
}
