package dev.drawbridge.gateway.tool.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.TestCallers;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.util.Map;

/// Own tools that write, by the one road of every write.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class OwnWriteTest extends OwnToolCase {
    private static final JsonObject NOTHING = new JsonObject();

    @Test
    void a_sale_is_booked_by_who_may_write_and_is_on_record_before() {
        have(
                writing(
                                "book_sale",
                                "insert into till.sale values (:id, :owner, :amount) returning id")
                        .put(
                                "parameters",
                                new JsonObject("{\"owner\":{\"from\":\"attributes.owner\"}}")));

        JsonObject dry =
                structured(
                        call(
                                "alice",
                                "book_sale",
                                new JsonObject("{\"id\":9,\"amount\":5,\"dry_run\":true}")));
        assertThat(dry.getString("outcome")).isEqualTo("dry_run");
        assertThat(sales()).isEqualTo(UNTOUCHED);

        JsonObject booked =
                structured(call("alice", "book_sale", new JsonObject("{\"id\":9,\"amount\":5}")));
        assertThat(booked.getString("outcome")).isEqualTo("committed");
        assertThat(booked.getJsonArray("rows").encode()).isEqualTo("[[9]]");
        assertThat(sales()).contains("{\"id\":9,\"owner\":\"alice\",\"amount\":5}");
        assertThat(awaitRecord("action = 'tool.intent' and object = 'tool:book_sale'").encode())
                .doesNotContain("amount");
    }

    @Test
    void what_may_destroy_more_than_is_meant_is_confirmed_and_once() {
        have(writing("clear_lines", "delete from till.big"));

        JsonObject asked = structured(call("alice", "clear_lines", NOTHING));
        assertThat(asked.getString("outcome")).isEqualTo("confirmation_required");
        assertThat(stored("select count(*)::int as n from till.big")).isEqualTo("[{\"n\":3000}]");

        var meant = new JsonObject().put("confirmation", asked.getString("confirmation"));
        assertThat(error(call("bob", "clear_lines", meant)).getString("code"))
                .isEqualTo("VALIDATION_ERROR");
        assertThat(structured(call("alice", "clear_lines", meant)).getString("outcome"))
                .isEqualTo("committed");
        assertThat(error(call("alice", "clear_lines", meant)).getString("code"))
                .isEqualTo("VALIDATION_ERROR");
        assertThat(stored("select count(*)::int as n from till.big")).isEqualTo("[{\"n\":0}]");
    }

    @Test
    void who_may_only_read_does_not_see_it_and_rows_of_others_stay() {
        have(writing("raise_all", "update till.sale set amount = amount + :by where amount > 0"));
        TestCallers.know("looker", Map.of(), "connection:" + till, "read", "tool:*", "read");

        assertThat(shown("looker")).doesNotContain("raise_all");
        as("looker").body(body("raise_all", NOTHING)).post(TOOLS + "/call").then().statusCode(404);

        assertThat(
                        structured(call("bob", "raise_all", new JsonObject().put("by", 1)))
                                .getInteger("affectedRows"))
                .isEqualTo(1);
        assertThat(sales()).isEqualTo(UNTOUCHED.replace("\"amount\":30}", "\"amount\":31}"));
        assertThat(listed("alice", "raise_all").getJsonObject("annotations").encode())
                .contains("\"readOnlyHint\":false,\"destructiveHint\":true");
    }

    @Test
    void a_connection_that_takes_no_writes_has_no_such_tool() {
        define(tool("never", "update own_shelf.product set price = 0").put("access", "write"))
                .statusCode(400)
                .body("field", equalTo("access"));
        define(writing("never", "select 1")).statusCode(400).body("field", equalTo("sql"));
        define(writing("never", "delete from till.line; delete from till.big"))
                .statusCode(400)
                .body("field", equalTo("sql"));
        define(writing("never", "alter table till.line add column x int"))
                .statusCode(400)
                .body("field", equalTo("sql"));
    }

    private static JsonObject writing(String name, String sql) {
        return tool(name, sql).put("connection", "checkout").put("access", "write");
    }
}
