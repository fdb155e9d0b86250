package dev.drawbridge.gateway.tool.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.WriteCase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.util.List;

/// Row-level security holds for what is written: whatever alice sends, and confirms, bob's rows
/// stay and no row of hers becomes his.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class ForeignRowsTest extends WriteCase {
    private static final List<String> HOSTILE =
            List.of(
                    "update till.sale set amount = 0 where id = 3",
                    "update till.sale set amount = 0",
                    "update till.sale set owner = 'bob' where id = 1",
                    "update till.sale set owner = 'alice' where owner = 'bob'",
                    "update till.sale set owner = 'bob' where id = 1 returning *",
                    "delete from till.sale where id = 3",
                    "delete from till.sale",
                    "delete from till.sale where true returning *",
                    "insert into till.sale values (9, 'bob', 1)",
                    "insert into till.sale select 9, 'bob', 1",
                    "insert into till.sale values (3, 'alice', 0) on conflict (id) do update set"
                            + " amount = 0",
                    "insert into till.sale values (3, 'alice', 0) on conflict (id) do nothing",
                    "insert into till.sale values (1, 'alice', 0) on conflict (id) do update set"
                            + " owner = 'bob'",
                    "insert into till.sale values (3, 'bob', 0) on conflict (id) do update set"
                            + " amount = excluded.amount where true",
                    "merge into till.sale s using (values (3), (1)) v (id) on s.id = v.id when matched"
                            + " then update set owner = 'bob' when not matched then insert values"
                            + " (8, 'bob', 1)",
                    "merge into till.sale s using (values (3)) v (id) on s.id = v.id when not matched by"
                            + " source then delete when not matched then do nothing",
                    "with x as (update till.sale set owner = 'bob' where id = 2 returning *) select *"
                            + " from x",
                    "with x as (delete from till.sale returning *) insert into till.sale select id,"
                            + " 'bob', amount from x",
                    "update till.sale set amount = (select amount from till.sale where id = 3 for"
                            + " update)",
                    "update till.sale s set amount = 0 from till.sale o where o.owner = 'bob'",
                    "insert into till.line select set_config('app.owner', 'bob', true)",
                    "with c as materialized (select set_config('app.owner', 'bob', true)) update"
                            + " till.sale set amount = 0 from c",
                    "with c as (update pg_settings set setting = 'bob' where name = 'app.owner'"
                            + " returning 1) update till.sale set amount = 0 from c",
                    "update pg_catalog.pg_settings set setting = 'off' where name = 'row_security'",
                    "set app.owner = 'bob'",
                    "set role postgres",
                    "alter table till.sale disable row level security",
                    "create policy all_of_it on till.sale using (true)",
                    "create table yard.child () inherits (till.sale)",
                    "create view yard.all_sales as select * from till.sale",
                    "truncate till.sale",
                    "drop table till.sale",
                    "grant all on till.sale to public",
                    "create function yard.f() returns text language sql as"
                            + " $$ select set_config('app.owner', 'bob', true) $$",
                    "do $$ begin perform set_config('app.owner', 'bob', true); end $$",
                    "copy till.sale from program 'id'");

    private static final String BOBS = "[{\"id\":3,\"owner\":\"bob\",\"amount\":30}]";

    @ParameterizedTest
    @FieldSource("HOSTILE")
    void whatever_alice_sends_bobs_rows_stay_as_they_are(String sql) {
        for (String connection : new String[] {till, yard}) {
            var call = new JsonObject().put("connection_id", connection).put("sql", sql);
            JsonObject result = execute("alice", call);
            assertShowsNothingOfBob(result);
            JsonObject answer = result.getJsonObject("structuredContent");
            if (answer.getString("confirmation") != null) {
                call.put("confirmation", answer.getString("confirmation"));
                assertShowsNothingOfBob(execute("alice", call));
            }
        }
        assertThat(
                        stored(
                                "select id, owner, amount from till.sale"
                                        + " where owner = 'bob' order by id"))
                .isEqualTo(BOBS);
        assertThat(rows("bob", "select 1")).isEqualTo("[[1]]");
    }

    private static void assertShowsNothingOfBob(JsonObject result) {
        var rows = result.getJsonObject("structuredContent").getJsonArray("rows");
        assertThat(rows == null ? "" : rows.encode()).doesNotContain("30");
    }
}
