package dev.drawbridge.local.demo;

import static dev.drawbridge.local.postgres.RunningPostgres.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.local.postgres.RunningPostgres;
import dev.drawbridge.pgvector.Pgvector;
import dev.drawbridge.testkit.TestVectors;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

class DemoDatabaseTest extends DemoCase {
    private static final String CHECKSUM =
            """
            select (select sum(hashtextextended(s::text, 0)) from retail.stores s)
                   || ' ' || (select sum(hashtextextended(c::text, 0)) from retail.customers c)
                   || ' ' || (select sum(hashtextextended(o::text, 0)) from retail.orders o)
                   || ' ' || (select sum(hashtextextended(i::text, 0)) from retail.order_items i)
                   || ' ' || (select sum(hashtextextended(p::text, 0)) from retail.products p)
                   || ' ' || (select sum(hashtextextended(row(product_id, embedding)::text, 0))
                                from retail.product_embeddings)
            """;

    private static final String CHECKSUM_OF_THIS_VERSION =
            "10532183319623895991 -2897413869510229115088 -942036170967461526967"
                    + " 945738809474361104839 65512285161044648073 97800115129508161542";

    @Test
    void is_loaded_once() {
        assertThat(demo.ensure()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "stores,24",
        "customers,60000",
        "orders,240000",
        "order_items,624183",
        "products,400",
        "product_embeddings,400"
    })
    void has_the_rows_that_it_promises(String table, long rows) throws SQLException {
        assertThat(number("select count(*) from retail." + table)).isEqualTo(rows);
    }

    @Test
    void is_consistent() throws SQLException {
        assertThat(
                        number(
                                """
                                select count(*)
                                  from retail.orders o
                                  join retail.customers c on c.id = o.customer_id
                                 where c.store_id <> o.store_id
                                    or c.joined_on > (o.ordered_at at time zone 'UTC')::date
                                """))
                .isZero();
        assertThat(
                        number(
                                """
                                select count(*)
                                  from retail.orders o
                                  join (select order_id, count(*) as lines, sum(line_total) as total,
                                               min(store_id) as lowest, max(store_id) as highest
                                          from retail.order_items
                                         group by order_id) i on i.order_id = o.id
                                 where (o.item_count, o.total_amount, o.store_id, o.store_id)
                                       is distinct from (i.lines, i.total, i.lowest, i.highest)
                                """))
                .isZero();
    }

    @Test
    void is_the_same_wherever_and_whenever_it_is_loaded() throws SQLException {
        assertThat(checksum()).isEqualTo(CHECKSUM_OF_THIS_VERSION);
        try (var superuser = postgres.superuser("retail")) {
            execute(superuser, "comment on database retail is null");
        }

        assertThat(demo.ensure()).isTrue();

        assertThat(checksum()).isEqualTo(CHECKSUM_OF_THIS_VERSION);
    }

    @Test
    void says_what_every_table_and_column_means() throws SQLException {
        assertThat(
                        number(
                                """
                                select count(*)
                                  from pg_class c
                                  join pg_attribute a on a.attrelid = c.oid
                                 where c.relnamespace = 'retail'::regnamespace
                                   and c.relkind = 'r'
                                   and a.attnum >= 0 and not a.attisdropped
                                   and (obj_description(c.oid, 'pg_class') is null
                                        or col_description(c.oid, a.attnum) is null)
                                """))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "store_manager,7,'',id = 7",
        "regional_manager,'',West,region = 'West'",
        "head_office,'','',true"
    })
    void shows_each_identity_its_stores(String role, String store, String region, String stores)
            throws SQLException {
        String visible = "select id from retail.stores where " + stores;
        for (String table : List.of("customers", "orders", "order_items")) {
            long expected =
                    number(
                            "select count(*) from retail.%s where store_id in (%s)"
                                    .formatted(table, visible));

            assertThat(seen(table, role, store, region)).as(table).isPositive().isEqualTo(expected);
        }
        assertThat(seen("stores", role, store, region))
                .isEqualTo(number("select count(*) from (" + visible + ") s"));
    }

    @ParameterizedTest
    @CsvSource({
        "'','',''",
        "store_manager,'',''",
        "regional_manager,'',''",
        "regional_manager,7,''",
        "Head_Office,7,West",
        "store_manager,7 or true,West"
    })
    void shows_nothing_to_who_is_nobody(String role, String store, String region)
            throws SQLException {
        for (String table : List.of("stores", "customers", "orders", "order_items")) {
            assertThat(seen(table, role, store, region)).as(table).isZero();
        }
    }

    @Test
    void shows_nothing_without_a_context_but_the_catalogue() throws SQLException {
        try (var agent = agent()) {
            assertThat(RunningPostgres.number(agent, "select count(*) from retail.orders"))
                    .isZero();
            assertThat(RunningPostgres.number(agent, "select count(*) from retail.products"))
                    .isEqualTo(400);
            assertThat(
                            RunningPostgres.number(
                                    agent, "select count(*) from retail.product_embeddings"))
                    .isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table retail.mine (id int)",
                "create table public.mine (id int)",
                "create temporary table mine (id int)",
                "create schema mine",
                "create role mine",
                "insert into retail.stores select * from retail.stores",
                "update retail.products set price = 0",
                "delete from retail.orders",
                "truncate retail.orders",
                "drop table retail.orders",
                "alter table retail.orders disable row level security",
                "set role retail_owner",
                "set row_security = off; select * from retail.orders limit 1",
                "copy retail.products to program 'true'"
            })
    void lets_agents_only_read(String statement) throws SQLException {
        try (var agent = agent()) {
            assertThatThrownBy(() -> execute(agent, statement))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refusal -> assertThat(refusal.getSQLState()).isEqualTo("42501"));
        }
    }

    @Test
    void agents_own_nothing_and_have_no_power() throws SQLException {
        assertThat(
                        text(
                                """
                                select rolsuper or rolcreaterole or rolcreatedb or rolbypassrls
                                       or rolreplication
                                       or exists (select from pg_shdepend
                                                   where refobjid = r.oid and deptype = 'o')
                                       or exists (select from pg_auth_members where member = r.oid)
                                  from pg_roles r
                                 where rolname = 'retail_agent'
                                """))
                .isEqualTo("f");
    }

    @Test
    void keeps_the_datastore_and_the_demo_apart() {
        assertThatThrownBy(() -> postgres.connect("retail_agent", "drawbridge"))
                .hasMessageContaining("permission denied for database");
        assertThatThrownBy(() -> postgres.connect("auth_app", "retail"))
                .hasMessageContaining("permission denied for database");
    }

    @Test
    void finds_similar_products_without_an_extension() throws SQLException {
        assertThat(
                        text(
                                """
                                select string_agg(distinct p.category, ',')
                                  from (select product_id
                                          from retail.product_embeddings
                                         order by retail.cosine_similarity(
                                                    embedding,
                                                    (select embedding
                                                       from retail.product_embeddings
                                                      where product_id = 1)) desc
                                         limit 5) nearest
                                  join retail.products p on p.id = nearest.product_id
                                """))
                .isEqualTo("Outdoor");
        assertThat(text("select retail.cosine_similarity('{1,2}', '{1}') is null")).isEqualTo("t");
    }

    @Test
    void searches_by_an_index_once_the_server_has_pgvector() throws SQLException {
        assertThat(demo.search(Optional.of("it is switched off")))
                .isEqualTo(new VectorSearch("arrays", null, "it is switched off"));
        TestVectors.obstacle().ifPresent(Assumptions::abort);
        assertThat(postgres.pgvector().obtain(TestVectors.given(), Pgvector.PATIENCE)).isEmpty();

        assertThat(demo.ensure()).isFalse();

        assertThat(demo.search(Optional.empty()))
                .isEqualTo(new VectorSearch("pgvector", "0.8.5", null));
        try (var agent = agent()) {
            execute(agent, "set enable_seqscan = off");
            assertThat(
                            RunningPostgres.text(
                                    agent,
                                    """
                                    explain (format json) select product_id
                                      from retail.product_embeddings
                                     order by embedding_vector <=>
                                              array_fill(0.1, array[384])::vector
                                     limit 10
                                    """))
                    .contains("product_embeddings_embedding_vector_idx");
        }
    }

    private static String checksum() throws SQLException {
        try (var superuser = postgres.superuser("retail")) {
            execute(superuser, "set timezone = 'UTC'");
            return RunningPostgres.text(superuser, CHECKSUM);
        }
    }
}
