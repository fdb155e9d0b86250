package dev.drawbridge.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.gateway.sqlguard.ReadOnlySql;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.testkit.TestPostgres;

import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Names mean what a real server says they mean.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseCatalogTest {
    private static final Path FIXTURE =
            Path.of("src/test/resources/dev/drawbridge/gateway/catalog/meanings.sql");

    private TestPostgres server;
    private Vertx vertx;
    private DatabaseCatalog catalog;

    @BeforeAll
    void start() throws IOException {
        server = TestPostgres.start();
        server.run(Files.readString(FIXTURE, StandardCharsets.UTF_8));
        vertx = Vertx.vertx();
        catalog = read(GuardRules.NONE);
    }

    @AfterAll
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    private DatabaseCatalog read(GuardRules rules) {
        return CatalogFixtures.read(vertx, server.port(), "agent", rules);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "select count(*), sum(id), string_agg(note, ',') from ledger",
                "select steady(1), total(1, 2), sum_up(id) from ledger group by id",
                "with recent as (select id from plain) select r.id from recent r",
                "select date_trunc('day', timestamptz '2020-01-01'), to_char(1, '9')",
                "select age(timestamp '2020-01-02', timestamp '2020-01-01')",
                "select * from open_view where id::text = 'known'",
                "select 1 ~~~ 2, 'x'::short",
                "select id from asked_by_function"
            })
    void what_answers_the_same_until_something_is_written_is_told(String sql) {
        assertThat(catalog.isRepeatable(ReadOnlySql.parse(sql))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select now()",
                "select pg_catalog.now()",
                "select current_timestamp",
                "select localtime",
                "select current_user",
                "select current_setting('app.who')",
                "select id from plain where now() > 'epoch'",
                "select age(timestamp '2020-01-01')",
                "select random()",
                "select gen_random_uuid()",
                "select gen_salt('bf')",
                "select 'Today'::date",
                "select * from plain where id < extract(day from date '{now}')",
                "select * from plain tablesample system (10)",
                "select stepwise(1)",
                "select volatile_one(1)",
                "select auth_uid()",
                "select * from of_today",
                "select * from app.over_today",
                "select * from guessed",
                "select relname from pg_class",
                "select numbackends from pg_catalog.pg_stat_database",
                "select table_name from information_schema.tables",
                "with pg_class as (select 1 as a) select a from pg_class",
                "select * from not_there",
                "select aside.not_there(1)",
                "explain select 1",
                "show work_mem",
                "select drawbridge.tenant()",
                "select id from until_then",
                "select id from until_by_function",
                "select id from until_by_table"
            })
    void what_tells_of_the_moment_of_chance_or_of_the_unknown_is_not_repeatable(String sql) {
        assertThat(catalog.isRepeatable(ReadOnlySql.parse(sql))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select steady(1), stepwise(2), app.steady(3)",
                "select note from ledger where id = total(1, 2)",
                "select l.mine, l.note from ledger l",
                "select auth_uid()",
                "select 'x'::short, 3::app.percent, array['x'::short]",
                "select 1 ~~~ 2, 'a' || 'b', 1 = 1",
                "select uuid_generate_v4(), crypt('a', gen_salt('bf'))",
                "select * from own_rows",
                "select * from open_view",
                "select * from parted",
                "select * from of_policed_child",
                "select sum_up(id) from ledger",
                "with every_row as (select 1) select 1",
                "select drawbridge.tenant(), drawbridge.claims() from of_tenant",
                "explain select * from ledger",
                "explain (analyze false) select * from ledger",
                "explain analyze select * from plain",
                "select volatile_one from (select 1 as volatile_one) x"
            })
    void what_only_reads_passes(String sql) {
        assertThatCode(() -> catalog.check(ReadOnlySql.parse(sql))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select volatile_one(1)                              | it is VOLATILE",
                "select app.volatile_one(1)                          | it is VOLATILE",
                "select (1).volatile_one                             | it is VOLATILE",
                "select g.volatile_one from generate_series(1, 2) g  | it is VOLATILE",
                "select U&\"volatile\\005fone\"(1)                    | it is VOLATILE",
                "select as_owner(1)                                  | SECURITY DEFINER",
                "select liar(1)                                      | it names set_config",
                "select runner('select 1')                           | it names execute",
                "select quiet_setter(1)                              | it names set",
                "select hider(1)                                     | it names",
                "select rewriter('select 1')                         | it names ts_rewrite",
                "select caller_of_liar(1)                            | it names liar",
                "select by_default()                                 | it names set_config",
                "select user_of_operator(1)                          | it names",
                "select user_of_domain('x')                          | it names",
                "select takes_domain('x')                            | it uses",
                "select collect(note, true) from ledger              | it names set_config",
                "select configured(1)                                | it names set",
                "select 1 @@@ 2                                      | it names pg_try_advisory_lock",
                "select 1 operator(app.@@@) 2                        | it names"
            })
    void functions_and_operators_that_may_do_more_are_refused_with_the_reason(
            String sql, String reason) {
        assertRefused(sql, reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select 'x'::becoming                                | it names set_config",
                "select cast('x' as app.becoming)                    | it names set_config",
                "select becoming('x')                                | it names set_config",
                "select array['x']::becoming[]                       | it names set_config",
                "select '(x)'::holds_becoming                        | it uses",
                "select null::with_becoming                          | it uses",
                "select json_populate_record(w, '{}') from with_becoming w | makes values of types",
                "select pg_input_is_valid('x', 'becoming')           | makes values of types",
                "select '(1)'::coat                                  | it uses",
                "select * from coats                                 | it uses"
            })
    void types_whose_checks_do_more_are_refused_wherever_they_stand(String sql, String reason) {
        assertRefused(sql, reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select * from every_row                             | past its row-level security",
                "table app.every_row                                 | past its row-level security",
                "select * from over_every_row                        | it uses",
                "select * from kept_rows                             | past its row-level security",
                "select * from calls_liar                            | it uses",
                "select * from shows_statements                      | it names",
                "select * from policed_child                         | past its row-level security",
                "select * from parent_of_policed                     | past its row-level security",
                "select * from far_away                              | foreign table",
                "explain analyze select * from ledger                | would count the rows of",
                "explain (analyze) select * from own_rows            | would count the rows of",
                "explain (analyze false, analyze) table ledger       | would count the rows of",
                "explain analyze select reads_ledger()               | would count the rows of"
            })
    void relations_that_show_more_are_refused(String sql, String reason) {
        assertRefused(sql, reason);
    }

    private void assertRefused(String sql, String reason) {
        assertThatThrownBy(() -> catalog.check(ReadOnlySql.parse(sql)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused ->
                                assertThat(refused.problem().toString())
                                        .contains("QueryRejected", reason));
    }

    @Test
    void a_refusal_says_where() {
        assertThatThrownBy(() ->
                        catalog.check(ReadOnlySql.parse("select 'ü', steady(1), volatile_one(2)")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().toString()).contains("24"));
    }

    @Test
    void overloads_are_told_apart_by_the_number_of_arguments() {
        catalog.check(ReadOnlySql.parse("select many(1), many(1, 2, 3)"));

        for (String sql :
                List.of(
                        "select many(1, 2)",
                        "select many(variadic '{1}')",
                        "select spread(1, 2, 3)")) {
            assertThatThrownBy(() -> catalog.check(ReadOnlySql.parse(sql))).as(sql).isNotNull();
        }
    }

    @Test
    void a_name_without_a_schema_is_looked_for_in_the_search_path_only() {
        catalog.check(ReadOnlySql.parse("select log(1)"));

        assertThatThrownBy(() -> catalog.check(ReadOnlySql.parse("select aside.log(1)")))
                .isNotNull();
    }

    @Test
    void a_connection_allows_by_name_what_is_built_on_it_too() {
        var rules = new GuardRules(List.of("app.liar", "app.every_row"), List.of());
        var allowing = read(rules);

        allowing.check(ReadOnlySql.parse("select liar(1), caller_of_liar(1) from every_row"));
        allowing.check(ReadOnlySql.parse("select * from over_every_row, calls_liar"));
        assertThatThrownBy(() -> allowing.check(ReadOnlySql.parse("select volatile_one(1)")))
                .isNotNull();
    }

    @Test
    void a_connection_denies_by_name_and_by_schema() {
        var denying =
                read(
                        new GuardRules(
                                List.of(),
                                List.of("pg_catalog.pg_sleep", "app.steady", "aside.*")));

        for (String sql :
                List.of(
                        "select pg_sleep(1)",
                        "select pg_catalog.pg_sleep(1)",
                        "select steady(1)",
                        "select * from aside.table_of_others")) {
            assertThatThrownBy(() -> denying.check(ReadOnlySql.parse(sql))).as(sql).isNotNull();
        }
        denying.check(ReadOnlySql.parse("select stepwise(1)"));
    }
}
