package dev.drawbridge.gateway.sqlguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.problem.ProblemException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexSqlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "create index on item (a)",
                "create index on shop.item using btree (a, lower(b) desc, (c + 1)) where d is null",
                "create index on item using gin (tags)",
                "create index on item (a) include (b)"
            })
    void an_index_is_described(String sql) {
        IndexSql index = IndexSql.parse(sql);

        assertThat(index.text()).isEqualTo(sql);
        assertThat(index.mentions()).extracting(Mention::name).contains("item");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "create index on item (a); select 1",
                "create index concurrently on item (a)",
                "create unique index on item (a)",
                "create index named on item (a)",
                "create index on item (a) tablespace fast",
                "create index on item (a) with (fillfactor = 70)",
                "create index on item (set_config('a', 'b', false))",
                "create index on item ((pg_read_file(a)))",
                "create index on item (a) where pg_sleep(1) is null and set_config('a', b, true) = ''",
                "create index on pg_authid (rolname)"
            })
    void what_is_more_than_an_index_is_refused(String sql) {
        assertThatThrownBy(() -> IndexSql.parse(sql)).isInstanceOf(ProblemException.class);
    }
}
