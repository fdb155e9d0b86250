package dev.drawbridge.gateway.sqlguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HiddenColumnsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from pg_roles r",
                "select r.* from pg_roles r",
                "select count(*) from pg_roles r where exists (select r.*)",
                "select r from pg_roles r",
                "select (r).rolname from pg_roles r",
                "select j.x from (pg_roles cross join t) as j (x)",
                "select x from pg_roles as r (x)",
                "select 1 from pg_roles natural join t",
                "select 1 from pg_roles join t using (rolconfig)",
                "select pg_catalog.pg_roles.rolconfig from pg_catalog.pg_roles",
                "table pg_roles"
            })
    void hidden_columns_are_not_shown_by_any_other_name(String sql) {
        assertThatThrownBy(() -> ReadOnlySql.parse(sql)).hasMessageContaining("Of pg_roles name");
    }

    @Test
    void the_other_columns_are() {
        assertThat(ReadOnlySql.parse("select r.rolname, count(*) from pg_roles r group by 1"))
                .isNotNull();
        assertThat(ReadOnlySql.parse("select * from t, lateral (select 1) x")).isNotNull();
    }
}
