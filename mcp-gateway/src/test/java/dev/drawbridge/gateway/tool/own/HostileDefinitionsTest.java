package dev.drawbridge.gateway.tool.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.drawbridge.gateway.GatewayDatabases;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What no definition may be.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class HostileDefinitionsTest extends OwnToolCase {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from own_shelf.product",
                "with gone as (delete from own_shelf.product returning 1) select * from gone",
                "select 1; drop table own_shelf.product",
                "select pg_read_file('/etc/passwd')",
                "select pg_sleep(10) from pg_stat_get_activity(null), set_config('a.b', :x, false)",
                "set role postgres",
                "copy own_shelf.product to program 'x'",
                "select nothing_such from own_shelf.product",
                "select * from nowhere",
                "select $1",
                "select ':unfinished",
                "select :a, :A",
                "select :connection_id",
                "select :confirmation",
                "select :a is null",
                "",
            })
    void a_statement_that_does_not_only_read_or_cannot_be_prepared(String sql) {
        define(tool("hostile", sql))
                .statusCode(400)
                .body("code", equalTo("VALIDATION_ERROR"))
                .body("field", equalTo("sql"));
        assertThat(stored("select count(*)::int as n from own_shelf.product"))
                .isEqualTo("[{\"n\":3}]");
    }

    @Test
    void one_that_writes_and_does_not_say_so_is_told_how() {
        define(tool("hostile", "delete from own_shelf.product"))
                .body("detail", containsString("says access: write (character 1)"));
    }

    @Test
    void the_place_is_that_in_what_was_written() {
        String sql = "select :first::int, :second::int, oops from own_shelf.product";

        define(tool("hostile", sql))
                .statusCode(400)
                .body("detail", containsString("character " + (sql.indexOf("oops") + 1)));
        define(tool("hostile", "select :a::int; select 2"))
                .body("detail", containsString("character 17"));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "hostile-fields.csv", delimiter = '|', quoteCharacter = '\'')
    void a_field_that_could_mean_something_else(String field, String value) {
        String name = field.contains(".") ? "parameters" : field;
        Object json = new JsonArray("[" + value + "]").getValue(0);

        String told =
                define(tool("hostile", "select :a::int as x, 2 as x").put(name, json))
                        .statusCode(400)
                        .body("code", equalTo("VALIDATION_ERROR"))
                        .extract()
                        .path("field");

        if (!field.equals("result") && !field.equals("connection")) {
            assertThat(told).startsWith(name.equals("parameters") ? "" : name);
        }
        if (field.contains(".")) {
            assertThat(told).isEqualTo(field);
        }
        as("admin").get(TOOLS + "/hostile").then().statusCode(404);
    }

    @Test
    void a_schema_that_costs_more_than_it_says() {
        var nested = new JsonObject().put("type", "string");
        for (int i = 0; i < 500; i++) {
            nested = new JsonObject().put("type", "array").put("items", nested);
        }
        var values = new JsonArray();
        for (int i = 0; i < 10_000; i++) {
            values.add("v" + i);
        }
        var many = new StringBuilder("select 1");
        for (int i = 0; i < 500; i++) {
            many.append(", :p").append(i).append("::int");
        }

        assertRefused(parameter(nested));
        assertRefused(parameter(new JsonObject().put("type", "string").put("enum", values)));
        assertRefused(parameter(new JsonObject().put("default", "x".repeat(100_000))));
        assertRefused(tool("hostile", many.toString()));
        assertRefused(tool("hostile", "select '" + "x".repeat(70_000) + "'"));
        assertRefused(tool("hostile", "select 1").put("description", "x".repeat(10_000)));
    }

    private static JsonObject parameter(JsonObject schema) {
        return tool("hostile", "select :a::text")
                .put("parameters", new JsonObject().put("a", schema));
    }

    private void assertRefused(JsonObject tool) {
        define(tool).statusCode(400).body("code", equalTo("VALIDATION_ERROR"));
    }
}
