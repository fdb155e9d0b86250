package dev.drawbridge.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testkit.TestPostgres;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.sql.Array;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

class LoginJudgementTest {
    private static TestPostgres postgres;

    @BeforeAll
    static void start() {
        postgres = TestPostgres.start();
        postgres.run(
                """
                create role plain login;
                create role boss superuser nologin;
                create role seer bypassrls nologin;
                create role keeper nologin;
                create role between nologin in role keeper;
                create table kept (id int);
                alter table kept owner to keeper;
                create role deputy login in role boss;
                create role far_deputy noinherit login in role deputy;
                create role watcher login in role seer;
                create role heir login in role between;
                create role aloof noinherit login in role keeper;
                create role chief superuser login;
                """);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void a_login_with_no_more_than_its_grants_is_fit() {
        assertThat(judge("plain").excesses()).isEmpty();
        assertThat(judge("plain").warnings()).isEmpty();
    }

    @Test
    void a_member_of_a_superuser_may_become_one() {
        assertThat(judge("deputy").excesses()).containsExactly("is a member of boss, a superuser");
        assertThat(judge("far_deputy").excesses())
                .containsExactly("is a member of boss, a superuser");
    }

    @Test
    void a_member_of_a_role_that_bypasses_row_level_security_may_too() {
        assertThat(judge("watcher").excesses())
                .containsExactly("is a member of seer, which bypasses row-level security");
    }

    @Test
    void a_superuser_is_told_what_it_is_and_not_whose_member_it_could_be() {
        assertThat(judge("chief").excesses())
                .contains("is a superuser")
                .noneMatch(excess -> excess.contains("boss") || excess.contains("seer"));
    }

    @Test
    void who_has_the_privileges_of_an_owner_is_warned_of_like_the_owner() throws SQLException {
        postgres.run("alter table kept enable row level security; insert into kept values (1)");

        assertThat(judge("heir").warnings()).singleElement().asString().contains("1 tables");
        assertThat(first("heir", "select count(*) from kept")).containsExactly(1L);
        assertThat(judge("aloof").warnings()).isEmpty();
    }

    private static LoginJudgement judge(String login) {
        try {
            return LoginJudgement.of(List.of(first(login, LoginJudgement.question().sql())));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static List<@Nullable Object> first(String login, String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/postgres",
                                login,
                                "");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return values(rows);
        }
    }

    private static List<@Nullable Object> values(ResultSet row) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            Object value = row.getObject(i);
            values.add(value instanceof Array array ? List.of((Object[]) array.getArray()) : value);
        }
        return values;
    }
}
