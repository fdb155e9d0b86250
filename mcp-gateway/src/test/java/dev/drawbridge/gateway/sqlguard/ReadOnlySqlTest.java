package dev.drawbridge.gateway.sqlguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.strings;

import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

class ReadOnlySqlTest {
    private static final int SMALL_STACK = 512 * 1_024;

    private static final List<String> READS =
            List.of(
                    "select 1",
                    "  -- why\n SELECT 1",
                    "/* a /* nested */ b */ select 1",
                    "((select 1))",
                    "with t as (select 1) select * from t",
                    "values (1), (2)",
                    "table shop.item",
                    "select ';' || '--' || '/*'",
                    "select $tag$ ; delete from x $tag$",
                    "select E'it\\'s; fine'",
                    "select U&'\\0041'",
                    "select \"a;b\" from \"T\"\"x\"",
                    "select E'a' || 'b'",
                    "select 1 as größe, '🜚', 2 as \u3000",
                    "select a$1 from t",
                    "select $1::int, 1e10, .5, 0x1F",
                    "select 'set_config'",
                    "select 'put into' as \"into\"",
                    "select * from t where update_at > now() -- ; drop",
                    "explain select 1",
                    "explain (analyze, buffers) select 1",
                    "explain analyze verbose with t as (select 1) select * from t",
                    "explain (select 1)",
                    "show work_mem",
                    "show ssl_library",
                    "select lo_revenue, \"lo_discount\" from lineorder",
                    "; /* ; */ ; with t as (select 1) select * from t",
                    "select 1;",
                    "select 1 ; ; -- end");

    private static final List<String> DOES_MORE =
            List.of(
                    "",
                    "   -- only a comment",
                    ";",
                    "delete from x",
                    "select 1; select 2",
                    "; select 1; select 2",
                    "; ; delete from x",
                    "commit; drop table x",
                    "select 1 /* ; */ ; select 2",
                    "select '\\'; select 2 --'",
                    "begin",
                    "set role x",
                    "do $$ begin end $$",
                    "copy x to stdout",
                    "listen x",
                    "lock x",
                    "prepare p as select 1",
                    "declare c cursor for select 1",
                    "fetch all from c",
                    "explain delete from x",
                    "explain (analyze) insert into x values (1)",
                    "show all",
                    "show hba_file",
                    "show \"HBA_File\"",
                    "show archive_library",
                    "show shared_preload_libraries",
                    "show \"All\"",
                    "show",
                    "select 'unfinished",
                    "select \"unfinished",
                    "select $x$ unfinished",
                    "select /* unfinished",
                    "select * into x from t",
                    "explain analyze select 1 INTO temp x",
                    "select set_config('a', 'b', true)",
                    "select SET_CONFIG('a', 'b', true)",
                    "select pg_catalog.set_config('a', 'b', true)",
                    "select \"set_config\"('a', 'b', true)",
                    "select U&\"set\\005fconfig\"('a', 'b', true)",
                    "select U&\"!0073et_config\" UESCAPE '!' ('a', 'b', true)",
                    "select set_config/**/('a', 'b', true)",
                    "select * from pg_read_file('x')",
                    "select 1 order by pg_advisory_lock(1)",
                    "select lo_create(0)",
                    "select (1).pg_advisory_lock",
                    "select ((1)).\"pg_advisory_lock\"",
                    "select x.pg_advisory_lock from generate_series(1, 2) as x",
                    "select (array[1])[1].lo_create",
                    "select * from \"lo_get\"(1)",
                    "select word from ts_stat('select 1')",
                    "select statement from pg_prepared_statements",
                    "select query from pg_catalog.pg_stat_activity",
                    "select dblink_exec('x', 'y')",
                    "select setseed(0.5)",
                    "select umoptions from pg_user_mappings",
                    "select * from information_schema.user_mapping_options",
                    "select gin_clean_pending_list('i')",
                    "select brin_desummarize_range('i', 0)",
                    "select pg_clear_relation_stats('s', 't')",
                    "select pg_replication_slot_advance('s', '0/0')",
                    "select E''\n'\\'', set_config('a', 'b', true) --'",
                    "select E'' -- why\n'\\'', set_config('a', 'b', true) --'",
                    "select 1 as \u3000$a$, set_config('a', 'b', true), 1 as \u3000$a$",
                    "select $\u0660$'$\u0660$, set_config('a', 'b', true) --'",
                    "select '{}'::jsonb \ud800e'\\'', set_config('a', 'b', true) --'",
                    "select 1$a$, set_config('a', 'b', true), 1$a$",
                    "select 1E'\\'', set_config('a', 'b', true) --'",
                    "select 1 \0",
                    "select 'a\0b'",
                    "select 1 -- \0",
                    "select /* \0 */ 1",
                    "select 1 as \"a\0b\"",
                    "select $x$\0$x$");

    @ParameterizedTest
    @FieldSource("READS")
    void what_reads_passes(String sql) {
        assertThat(ReadOnlySql.parse(sql).text()).isNotBlank();
    }

    @ParameterizedTest
    @FieldSource("DOES_MORE")
    void what_may_do_more_is_rejected(String sql) {
        assertThatThrownBy(() -> ReadOnlySql.parse(sql))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure ->
                                assertThat(failure.problem())
                                        .isInstanceOf(Problem.QueryRejected.class));
    }

    @Test
    void a_refusal_says_where() {
        assertThatThrownBy(() -> ReadOnlySql.parse("select 1; drop table x"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().position()).isEqualTo(11));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    select * from t for update | FOR UPDATE or FOR SHARE is not
                    select 1 into t | INTO is not
                    with x as (delete from t returning *) select * from x | DELETE is not
                    select lo_create(0) | function lo_create is not
                    select * from pg_authid | relation pg_authid is not
                    selec 1 | syntax error at or near "selec"
                    """)
    void a_refusal_says_what(String sql, String reason) {
        assertThatThrownBy(() -> ReadOnlySql.parse(sql)).hasMessageContaining(reason);
    }

    @Test
    void the_closing_semicolon_and_what_follows_are_left_out() {
        assertThat(ReadOnlySql.parse("select 1 ; -- end").text()).isEqualTo("select 1 ");
    }

    @Test
    void semicolons_in_front_become_spaces_so_that_positions_stay() {
        assertThat(ReadOnlySql.parse("; -- ;\n;select 1;").text()).isEqualTo("      \n select 1");
    }

    @Test
    void what_has_no_place_is_refused_at_none() {
        assertThat(place("")).isZero();
        assertThat(place("select '" + "x".repeat(70_000) + "'")).isZero();
        assertThat(place("select 1; select 2")).isEqualTo(11);
    }

    @Test
    void only_a_query_can_be_explained() {
        assertThat(ReadOnlySql.parse("table t").query().text()).isEqualTo("table t");
        assertThatThrownBy(() -> ReadOnlySql.parse("show work_mem").query())
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused ->
                                assertThat(refused.problem())
                                        .isInstanceOfSatisfying(
                                                Problem.QueryRejected.class,
                                                why -> assertThat(why.position()).isOne()));
    }

    private static int place(String sql) {
        try {
            ReadOnlySql.parse(sql);
            throw new AssertionError("accepted: " + sql);
        } catch (ProblemException rejected) {
            return ((Problem.QueryRejected) rejected.problem()).position();
        }
    }

    @Test
    void only_queries_can_be_paged() {
        assertThat(ReadOnlySql.parse("select 1").pageable()).isTrue();
        assertThat(ReadOnlySql.parse("show work_mem").pageable()).isFalse();
        assertThat(ReadOnlySql.parse("explain select 1").pageable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    explain analyze select 1                | true
                    explain (analyze) select 1              | true
                    explain (costs off, analyze) select 1   | true
                    explain (analyze 1) select 1            | true
                    explain (analyze on) select 1           | true
                    explain (analyze off) select 1          | false
                    explain (analyze 0) select 1            | false
                    explain (analyze 'FALSE') select 1      | false
                    explain (analyze, analyze off) select 1 | false
                    explain (verbose) select 1              | false
                    select 1                                | false
                    """)
    void an_explain_that_runs_is_known(String sql, boolean measured) {
        assertThat(ReadOnlySql.parse(sql).measured()).isEqualTo(measured);
    }

    @Test
    void only_queries_are_explained() {
        assertThat(ReadOnlySql.parse("select 1").query().measuredQuery().measured()).isTrue();
        assertThatThrownBy(() -> ReadOnlySql.parse("show work_mem").query())
                .hasMessageContaining("Give the query itself");
    }

    @Test
    void the_longest_text_is_read_and_no_longer_one() {
        String longest = "select 1" + " ".repeat(OneStatement.LONGEST - "select 1".length());

        assertThat(ReadOnlySql.parse(longest).pageable()).isTrue();
        assertThatThrownBy(() -> ReadOnlySql.parse(longest + " "))
                .hasMessageContaining("65,536 characters");
    }

    @Test
    void any_text_is_accepted_or_rejected_and_nothing_else() {
        qt().withExamples(20_000)
                .forAll(strings().basicLatinAlphabet().ofLengthBetween(0, 40))
                .check(ReadOnlySqlTest::isDecided);
        for (String piece : List.of("'", "\"", "$", "/*", "--", "U&\"", "E'", "(", ";")) {
            qt().withExamples(500)
                    .forAll(strings().basicLatinAlphabet().ofLengthBetween(0, 20))
                    .check(text -> isDecided("select " + piece + text));
        }
    }

    /// On as small a stack as one may have.
    @ParameterizedTest
    @ValueSource(strings = {"1+", "not ", "(", "-", "case when true then ", "array["})
    void what_is_deep_is_decided_too(String piece) throws InterruptedException {
        for (int depth : new int[] {100, 1_000, 4_000, 60_000 / piece.length()}) {
            var decided = new AtomicBoolean();
            String sql = "select " + piece.repeat(depth) + "1";
            var thread =
                    Thread.ofPlatform()
                            .stackSize(SMALL_STACK)
                            .start(() -> decided.set(isDecided(sql)));
            thread.join();

            assertThat(decided).as(depth + " times " + piece).isTrue();
        }
    }

    private static boolean isDecided(String sql) {
        try {
            ReadOnlySql.parse(sql);
            return true;
        } catch (ProblemException rejected) {
            return rejected.problem() instanceof Problem.QueryRejected;
        }
    }
}
