package dev.drawbridge.gateway.tool.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.TestCallers;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.sql.SQLException;
import java.util.Map;

/// What an own tool does for those who call it.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class OwnToolTest extends OwnToolCase {
    private static final JsonObject NOTHING = new JsonObject();

    @Test
    void a_statement_alone_makes_a_tool_whose_schema_the_server_tells() {
        have(
                tool(
                        "dear_products",
                        "select id, name from own_shelf.product"
                                + " where price > :least and since >= :since and tags && :tags"
                                + " order by id"));

        JsonObject schema = listed("alice", "dear_products").getJsonObject("inputSchema");
        assertThat(schema)
                .isEqualTo(
                        new JsonObject(
                                """
                                {"type":"object","properties":{
                                  "least":{"type":"number"},
                                  "since":{"type":"string","description":"date"},
                                  "tags":{"type":"array","items":{"type":"string"}}},
                                 "required":["least","since","tags"],
                                 "additionalProperties":false}
                                """));
        var arguments =
                new JsonObject("{\"least\":1,\"since\":\"2024-01-01\",\"tags\":[\"long\",\"x\"]}");
        JsonObject answer = structured(everywhere("alice", "dear_products", arguments));
        assertThat(answer.getJsonArray("rows").encode()).isEqualTo("[[1,\"rope\"],[3,\"saw\"]]");
        assertThat(answer.getBoolean("truncated")).isFalse();
    }

    @Test
    void an_answer_has_the_form_that_was_defined() {
        have(
                tool("a_row", "select id, name, tags from own_shelf.product where id = :id")
                        .put("result", "row"));
        have(tool("a_value", "select count(*) from own_shelf.product").put("result", "value"));
        have(
                tool("a_text", "select name from own_shelf.product where id = :id")
                        .put("result", "text"));

        assertThat(structured(everywhere("alice", "a_row", new JsonObject().put("id", 1))))
                .isEqualTo(
                        new JsonObject(
                                "{\"row\":{\"id\":1,\"name\":\"rope\",\"tags\":[\"long\"]}}"));
        assertThat(structured(everywhere("alice", "a_row", new JsonObject().put("id", 9))))
                .isEqualTo(new JsonObject().putNull("row"));
        assertThat(structured(everywhere("alice", "a_value", NOTHING)))
                .isEqualTo(new JsonObject().put("value", 3));
        JsonObject text = everywhere("alice", "a_text", new JsonObject().put("id", 3));
        assertThat(text.containsKey("structuredContent")).isFalse();
        assertThat(text(text)).contains("\nsaw\n").contains("never instructions");
        assertThat(listed("alice", "a_row").getJsonObject("outputSchema").encode())
                .contains("\"id\":{\"type\":[\"integer\",\"null\"]}");
        assertThat(listed("alice", "a_text").containsKey("outputSchema")).isFalse();
    }

    @Test
    void rows_end_at_the_limit_and_it_is_said() {
        have(tool("few", "select id from own_shelf.product order by id").put("rowLimit", 2));

        JsonObject answer = structured(everywhere("alice", "few", NOTHING));

        assertThat(answer.getJsonArray("rows").encode()).isEqualTo("[[1],[2]]");
        assertThat(answer.getBoolean("truncated")).isTrue();
    }

    @Test
    void an_answer_is_kept_as_long_as_was_defined_and_says_so() throws SQLException {
        for (String form : new String[] {"rows", "value"}) {
            String name = "kept_" + form;
            have(
                    tool(name, "select count(*) from own_shelf.product where id > :above::int")
                            .put("result", form)
                            .put("cacheSeconds", 60));
            var arguments = new JsonObject().put("above", 0);
            JsonObject first = call("alice", name, arguments);

            run(
                    "insert into own_shelf.product (id, name) values (%d, 'new')"
                            .formatted(form.length() * 100));
            JsonObject second = call("alice", name, arguments);

            assertThat(structured(second)).isEqualTo(structured(first));
            assertThat(second.getJsonObject("_meta").encode()).contains("\"hit\":true");
            assertThat(structured(call("alice", name, new JsonObject().put("above", -1))))
                    .isNotEqualTo(structured(first));
        }
    }

    @Test
    void what_is_left_out_is_its_default_or_nothing() {
        have(
                tool("chosen", "select :n::int, :word::text, :other::text is null")
                        .put(
                                "parameters",
                                new JsonObject(
                                        """
                                        {"n":{"type":"integer","minimum":1,"maximum":9,"default":7},
                                         "word":{"type":"string","enum":["a","b"]},
                                         "other":{"type":"string","optional":true}}
                                        """)));

        assertThat(rows(everywhere("alice", "chosen", new JsonObject().put("word", "a"))))
                .isEqualTo("[[7,\"a\",true]]");
        assertThat(
                        rows(
                                everywhere(
                                        "alice",
                                        "chosen",
                                        new JsonObject("{\"word\":\"b\",\"n\":2,\"other\":\"\"}"))))
                .isEqualTo("[[2,\"b\",false]]");
        assertRefused("word", new JsonObject());
        assertRefused("word", new JsonObject().put("word", "c"));
        assertRefused("n", new JsonObject().put("word", "a").put("n", 10));
        assertRefused("more", new JsonObject().put("word", "a").put("more", 1));
    }

    @Test
    void a_value_is_never_a_part_of_the_statement() {
        have(tool("by_name", "select count(*) from own_shelf.product where name = :name"));

        for (String hostile : new String[] {"' or true --", "rope'; drop table x", ":name", "$1"}) {
            assertThat(rows(everywhere("alice", "by_name", new JsonObject().put("name", hostile))))
                    .isEqualTo("[[0]]");
        }
    }

    @Test
    void a_callers_own_attribute_is_no_argument() {
        have(
                tool("mine", "select :owner::text, :n::int")
                        .put(
                                "parameters",
                                new JsonObject(
                                        """
                                        {"owner":{"from":"attributes.owner"},
                                         "n":{"type":"integer","default":1}}
                                        """)));
        TestCallers.know("nobodys", Map.of(), "connection:" + shop, "read", "tool:*", "read");

        assertThat(listed("alice", "mine").getJsonObject("inputSchema").encode())
                .doesNotContain("owner");
        assertThat(rows(everywhere("alice", "mine", NOTHING))).isEqualTo("[[\"alice\",1]]");
        assertThat(rows(everywhere("bob", "mine", NOTHING))).isEqualTo("[[\"bob\",1]]");
        JsonObject refused = error(call("alice", "mine", new JsonObject().put("owner", "bob")));
        assertThat(refused.getString("code")).isEqualTo("VALIDATION_ERROR");
        assertThat(refused.getString("field")).isEqualTo("owner");
        assertThat(error(call("nobodys", "mine", NOTHING)).getString("code"))
                .isEqualTo("AUTHORIZATION_ERROR");
    }

    @Test
    void row_level_security_is_the_callers() {
        have(tool("owners", "select distinct owner from shop.item order by owner"));

        assertThat(rows(everywhere("alice", "owners", NOTHING))).isEqualTo("[[\"alice\"]]");
        assertThat(rows(everywhere("bob", "owners", NOTHING))).isEqualTo("[[\"bob\"]]");
    }

    @Test
    void a_wrong_value_is_told_by_the_parameters_name() {
        have(
                tool("day", "select :day::date")
                        .put("parameters", new JsonObject("{\"day\":{\"type\":\"string\"}}")));

        JsonObject refused = error(call("alice", "day", new JsonObject().put("day", "never")));

        assertThat(refused.getString("code")).isEqualTo("VALIDATION_ERROR");
        assertThat(refused.getString("field")).isEqualTo("day");
    }

    @Test
    void who_may_not_read_the_connection_or_use_the_tool_does_not_see_it() {
        have(tool("seen", "select 1"));
        TestCallers.know("elsewhere", Map.of(), "tool:*", "read");
        TestCallers.know("untooled", Map.of(), "connection:" + shop, "read", "tool:x", "read");
        TestCallers.know("tooled", Map.of(), "connection:" + shop, "read", "tool:seen", "read");

        for (String caller : new String[] {"elsewhere", "untooled"}) {
            assertThat(shown(caller)).doesNotContain("seen");
            as(caller).body(body("seen", NOTHING)).post(TOOLS + "/call").then().statusCode(404);
            assertThat(call(caller, "seen", NOTHING).encode()).contains("seen").contains("error");
        }
        assertThat(shown("tooled")).containsExactly("seen");
        assertThat(rows(everywhere("tooled", "seen", NOTHING))).isEqualTo("[[1]]");

        TestCallers.know("tooled", Map.of(), "connection:" + shop, "read");
        assertThat(shown("tooled")).isEmpty();
        as("tooled").body(body("seen", NOTHING)).post(TOOLS + "/call").then().statusCode(404);
    }

    @Test
    void a_tool_that_no_longer_fits_says_so_and_the_others_go_on() throws SQLException {
        have(tool("fitting", "select 1"));
        have(tool("unfitting", "select name from own_shelf.product where id = :id"));

        run("alter table own_shelf.product rename column name to label");
        JsonObject broken = error(call("alice", "unfitting", new JsonObject().put("id", 1)));

        assertThat(broken.getString("code")).isEqualTo("DATABASE_ERROR");
        assertThat(broken.getString("detail")).contains("no longer fits").contains("name");
        assertThat(rows(everywhere("alice", "fitting", NOTHING))).isEqualTo("[[1]]");
        as("maker")
                .get(TOOLS + "/unfitting")
                .then()
                .statusCode(200)
                .body("state", equalTo("broken"));
        as("maker").get(TOOLS + "/fitting").then().body("state", equalTo("ok"));

        run("alter table own_shelf.product rename column label to name");
        as("maker").get(TOOLS + "/unfitting").then().body("state", equalTo("ok"));
    }

    private void assertRefused(String field, JsonObject arguments) {
        JsonObject refused = error(call("alice", "chosen", arguments));
        assertThat(refused.getString("code")).isEqualTo("VALIDATION_ERROR");
        assertThat(refused.getString("field")).isEqualTo(field);
    }

    private static String rows(JsonObject answer) {
        return structured(answer).getJsonArray("rows").encode();
    }
}
