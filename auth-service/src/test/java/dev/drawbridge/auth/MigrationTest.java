package dev.drawbridge.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.DriverManager;
import java.sql.SQLException;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
class MigrationTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table auth.x (id int)",
                "alter table auth.users add column x int",
                "drop table auth.users",
                "truncate auth.users",
                "create schema x",
                "create role x",
                "select * from auth.flyway_schema_history",
                "delete from auth.flyway_schema_history"
            })
    void leaves_the_service_s_own_role_without(String statement) {
        assertThatThrownBy(() -> asService(statement))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).isEqualTo("42501"));
    }

    @Test
    void puts_the_tenant_into_the_key_of_every_table_of_tenants_data() {
        assertThat(
                        TestTenant.query(
                                """
                                select coalesce(string_agg(c.relname, ', '), '')
                                  from pg_class c
                                  join pg_namespace n on n.oid = c.relnamespace
                                 where n.nspname = 'auth'
                                   and c.relkind = 'r'
                                   and c.relname not in
                                       ('tenant', 'signing_key', 'flyway_schema_history',
                                        'attempt_limit', 'lockout', 'sign_on',
                                        'external_logout', 'data_key_use')
                                   and c.relname not like 'audit%'
                                   and not exists (
                                       select
                                         from pg_index i
                                         join pg_attribute a
                                           on a.attrelid = c.oid and a.attnum = i.indkey[0]
                                        where i.indrelid = c.oid
                                          and i.indisprimary
                                          and a.attname = 'tenant_id')
                                """))
                .isEmpty();
    }

    private static void asService(String statement) throws SQLException {
        var config = ConfigProvider.getConfig();
        try (var connection =
                        DriverManager.getConnection(
                                config.getValue("quarkus.datasource.jdbc.url", String.class),
                                config.getValue("quarkus.datasource.username", String.class),
                                config.getValue("quarkus.datasource.password", String.class));
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
