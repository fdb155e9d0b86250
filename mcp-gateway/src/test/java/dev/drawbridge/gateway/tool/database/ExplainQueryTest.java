package dev.drawbridge.gateway.tool.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class ExplainQueryTest extends GatewayCase {
    @Test
    void a_mistake_is_where_the_caller_wrote_it() {
        for (boolean analyze : new boolean[] {false, true}) {
            JsonObject error = error(explain(sql("select nope").put("analyze", analyze)));

            assertThat(error.getInteger("position")).isEqualTo(8);
        }
    }

    @Test
    void a_plan_that_is_too_long_is_not_blamed_on_another_tools_argument() {
        String name = "x".repeat(300_000);
        String sql =
                "select 1 from pg_class where relname::text in ($1 || 'a', $1 || 'b', $1 || 'c', $1"
                        + " || 'd', $1 || 'e', $1 || 'f', $1 || 'g', $1 || 'h')";
        JsonObject error = error(explain(sql(sql).put("params", new JsonArray().add(name))));

        assertThat(error.getString("code")).isEqualTo("VALIDATION_ERROR");
        assertThat(error.getString("field")).isEqualTo("answer");
    }

    private JsonObject explain(JsonObject arguments) {
        return call("alice", "explain_query", arguments);
    }
}
