package dev.drawbridge.gateway.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.testkit.FaultyProxy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.sql.SQLException;
import java.time.Duration;

/// A schema that is kept while it holds, through MCP and on a real database.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class KeptSchemaTest extends KeptCase {
    @Test
    void while_the_database_is_away_its_schema_is_what_it_was_and_says_so() {
        try (var proxy = FaultyProxy.to(GatewayDatabases.postgres().port())) {
            disconnect();
            kept = make("away", proxy.port());
            know("alice", "read");
            JsonObject before = call("alice", "get_schema", place());
            assertThat(before.containsKey("_meta")).isFalse();
            proxy.cut();

            JsonObject after =
                    Awaitility.await()
                            .atMost(Duration.ofSeconds(10))
                            .until(
                                    () -> call("alice", "get_schema", place()),
                                    one -> one.containsKey("_meta"));

            assertThat(structured(after)).isEqualTo(structured(before));
            assertThat(cache(after).getBoolean("stale")).isTrue();
            assertThat(text(after)).contains("cannot be reached");
            JsonObject other = place().put("schema", "till");
            assertThat(error(call("alice", "get_schema", other)).getString("code"))
                    .isEqualTo("DATABASE_UNAVAILABLE");
        }
    }

    @Test
    void a_schema_is_kept_until_it_changes_whoever_changes_it() throws SQLException {
        String table = "kept_" + System.nanoTime();
        run(
                "create table till."
                        + table
                        + " (id int); grant select on till."
                        + table
                        + " to teller");
        try {
            JsonObject question = place().put("schema", "till").put("pattern", table);
            JsonObject first = call("alice", "get_schema", question);
            assertThat(cache(keptSchema(question)).getBoolean("stale")).isFalse();
            assertThat(structured(keptSchema(question))).isEqualTo(structured(first));

            run("alter table till." + table + " add column another text");
            awaitSchema(question, "another");
            run("comment on column till." + table + ".another is 'What it is.'");
            awaitSchema(question.copy().put("detail", "full"), "What it is.");
            run("revoke all on till." + table + " from teller");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(15))
                    .until(() ->
                            !structured(call("alice", "get_schema", question))
                                    .encode()
                                    .contains(table));
        } finally {
            run("drop table till." + table);
        }
    }

    @Test
    void a_write_through_the_gateway_makes_a_kept_schema_unknown() {
        JsonObject question = place().put("schema", "till");
        call("alice", "get_schema", question);
        keptSchema(question);

        structured(execute("alice", "delete from till.sale where id = 2"));

        assertThat(call("alice", "get_schema", question).containsKey("_meta")).isFalse();
    }

    /// An answer that was kept: another one before it may have noticed a change made elsewhere.
    private JsonObject keptSchema(JsonObject question) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .until(
                        () -> call("alice", "get_schema", question),
                        one -> one.containsKey("_meta"));
    }

    private void awaitSchema(JsonObject question, String word) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .until(() ->
                        structured(call("alice", "get_schema", question)).encode().contains(word));
    }

    private JsonObject place() {
        return new JsonObject().put("connection_id", kept);
    }
}
