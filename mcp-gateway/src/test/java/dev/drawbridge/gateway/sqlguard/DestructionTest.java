package dev.drawbridge.gateway.sqlguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;

import dev.drawbridge.testkit.TestPostgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.quicktheories.core.Gen;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class DestructionTest {
    private static final List<String> DANGEROUS =
            List.of(
                    "delete from t",
                    "update t set a = 1",
                    "delete from t where true",
                    "delete from t where not false",
                    "delete from t where 1 = 1",
                    "delete from t where '1' = $1",
                    "delete from t where $1",
                    "delete from t where now() > '2000-01-01'",
                    "delete from t where random() < 2",
                    "delete from t where id = id",
                    "delete from t where t.id = t.id and 1 = 1",
                    "delete from t where id = 1 or 1 = 1",
                    "delete from t where id = 1 or not id = 1",
                    "delete from t where (a and b) or not (a and b)",
                    "delete from t where (select true)",
                    "delete from t where exists (select 1)",
                    "delete from t where exists (select 1 from u where u.x = 1)",
                    "delete from t where exists (select 1 from t where t.id = 3)",
                    "delete from t as x where exists (select 1 from u where t.id = 3)",
                    "delete from t using u where u.id = 3",
                    "update t set a = 1 from u where u.id = 3",
                    "with x as (delete from t returning *) select * from x",
                    "with x as (update t set a = 1 returning 1) insert into u select * from x",
                    "insert into u with x as (delete from t returning *) select * from x",
                    "merge into t using u on true when matched then delete",
                    "merge into t using u on 1 = 1 when matched and true then update set a = 1",
                    "merge into t using u on t.id = u.id when not matched by source then delete",
                    "truncate t",
                    "drop table t",
                    "drop index i",
                    "drop schema s cascade",
                    "alter table t drop column a",
                    "alter table t add b int, drop constraint c",
                    "alter table t alter a drop not null",
                    "alter table t alter a type int");

    private static final List<String> MEANT =
            List.of(
                    "delete from t where id = 1",
                    "delete from t where id = $1 and 1 = 1",
                    "delete from t where a and (b or not b)",
                    "delete from t where id in (select id from u)",
                    "delete from t where exists (select 1 from u where u.id = t.id)",
                    "delete from s.t where t.id = 1 or t.id = 2 or t.id = 3 or t.id = 4 or t.id = 5",
                    "delete from t x where x.id = 1",
                    "delete from t using u where t.id = u.id and u.x",
                    "update t set a = 1 from u where id = u.t_id",
                    "delete from t where id = any ($1)",
                    "delete from t where a is null",
                    "delete from t where a between 1 and 2",
                    "insert into t values (1) on conflict (id) do update set a = 1",
                    "merge into t using u on t.id = u.id when matched then delete",
                    "merge into t using u on true when not matched then insert values (1)",
                    "merge into t using u on true when matched and t.id = 1 then delete",
                    "create table t (a int)",
                    "alter table t add b int",
                    "with x as (select 1) delete from t where id in (table x)");

    private static final List<String> OF_ROW = List.of("a", "b", "c", "v.a", "(a)");
    private static final List<String> SAME =
            List.of("true", "false", "1 = 1", "1 = 2", "not false", "a = a", "(select true)");

    private static TestPostgres postgres;
    private static Connection connection;

    @BeforeAll
    static void start() throws SQLException {
        postgres = TestPostgres.start();
        postgres.run(
                """
                create table v as select x & 1 = 1 as a, x & 2 = 2 as b, x & 4 = 4 as c
                  from generate_series(0, 7) x
                """);
        connection = postgres.connect();
    }

    @AfterAll
    static void stop() throws SQLException {
        connection.close();
        postgres.close();
    }

    @ParameterizedTest
    @FieldSource("DANGEROUS")
    void what_may_destroy_more_than_is_meant_is_known(String sql) {
        assertThat(WriteSql.parse(sql, WriteMode.DDL).dangers()).as(sql).isNotEmpty();
    }

    @ParameterizedTest
    @FieldSource("MEANT")
    void what_is_meant_is_left_alone(String sql) {
        assertThat(WriteSql.parse(sql, WriteMode.DDL).dangers()).as(sql).isEmpty();
    }

    @Test
    void many_alternatives_are_no_danger_and_take_no_time() {
        String many = "id = 0" + " or id = 1".repeat(3_000);
        String different =
                String.join(
                        " and ",
                        IntStream.range(0, 2_000)
                                .mapToObj(i -> "(id = " + i + " or a = " + i + ")")
                                .toList());

        assertThat(dangers(many)).isEmpty();
        assertThat(dangers(different)).isEmpty();
    }

    @Test
    void every_condition_with_which_a_server_leaves_no_row_is_a_danger() {
        qt().withExamples(2_000)
                .forAll(conditions(4))
                .check(condition -> !leavesNoRow(condition) || !dangers(condition).isEmpty());
    }

    @Test
    void a_condition_of_columns_alone_is_a_danger_only_then() {
        qt().withExamples(1_000)
                .forAll(conditions(4, List.of("a", "b", "c")))
                .check(condition -> leavesNoRow(condition) == !dangers(condition).isEmpty());
    }

    private static List<String> dangers(String condition) {
        return WriteSql.parse("delete from v where " + condition, WriteMode.DML).dangers();
    }

    private static boolean leavesNoRow(String condition) {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from v where " + condition)) {
            rows.next();
            return rows.getInt(1) == 8;
        } catch (SQLException failure) {
            throw new IllegalStateException(condition, failure);
        }
    }

    private static Gen<String> conditions(int depth) {
        return conditions(depth, Stream.concat(OF_ROW.stream(), SAME.stream()).toList());
    }

    private static Gen<String> conditions(int depth, List<String> parts) {
        Gen<String> part = integers().between(0, parts.size() - 1).map(parts::get);
        if (depth == 0) {
            return part;
        }
        Gen<String> inner = conditions(depth - 1, parts);
        Gen<Integer> form = integers().between(0, 4);
        return form.flatMap(which ->
                switch (which) {
                    case 0 -> part;
                    case 1 -> inner.map(one -> "not (" + one + ")");
                    case 2 -> inner.zip(inner, (one, other) -> "(" + one + " and " + other + ")");
                    default -> inner.zip(inner, (one, other) -> "(" + one + " or " + other + ")");
                });
    }
}
