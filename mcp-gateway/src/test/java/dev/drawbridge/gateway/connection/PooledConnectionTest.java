package dev.drawbridge.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.PgBouncer;
import dev.drawbridge.gateway.TestCallers;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Connections whose host is a pooler.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class PooledConnectionTest extends GatewayCase {
    private static final String SETTINGS =
            "default_transaction_read_only,client_connection_check_interval,statement_timeout,"
                    + "lock_timeout,idle_in_transaction_session_timeout,work_mem,jit,"
                    + "intervalstyle,bytea_output,extra_float_digits";

    private PgBouncer bouncer;

    @AfterEach
    void end() {
        if (bouncer != null) {
            bouncer.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"session", "transaction"})
    void is_queried_page_by_page_by_who_asks(String mode) {
        begin(mode, "");
        String id = registerAs(mode).statusCode(201).extract().path("id");
        admin().post("/api/v1/connections/" + id + "/test").then().body("ok", equalTo(true));

        for (String person : new String[] {"alice", "bob", "alice"}) {
            TestCallers.know(person, Map.of("owner", person), "*", "read");
            assertThat(ids(person, id)).containsExactlyElementsOf(own(person));
        }
        admin().delete("/api/v1/connections/" + id).then().statusCode(204);
    }

    /// Alice owns what is even.
    private static List<Integer> own(String person) {
        int first = person.equals("alice") ? 2 : 1;
        return IntStream.iterate(first, number -> number + 2).limit(25).boxed().toList();
    }

    private List<Integer> ids(String person, String connection) {
        var client = McpClient.connect(endpoint, person);
        var arguments =
                new JsonObject()
                        .put("connection_id", connection)
                        .put("sql", "select id from shop.item where id <= $1 order by id")
                        .put("params", new JsonArray().add(50))
                        .put("limit", 10);
        List<Integer> ids = new ArrayList<>();
        while (true) {
            JsonObject page = structured(client.call("query_database", arguments));
            page.getJsonArray("rows").forEach(row -> ids.add(((JsonArray) row).getInteger(0)));
            if (page.getString("nextCursor") == null) {
                return ids;
            }
            arguments.put("cursor", page.getString("nextCursor"));
        }
    }

    @Test
    void that_drops_a_direct_session_s_settings_is_refused() {
        begin("session", SETTINGS);

        registerAs("direct")
                .statusCode(400)
                .body("field", equalTo("mode"))
                .body("detail", containsString("session or transaction"));
    }

    @Test
    void that_refuses_a_direct_session_s_settings_says_what_to_do() {
        begin("session", "");

        registerAs("direct").statusCode(503).body("detail", containsString("mode"));
    }

    private void begin(String mode, String dropped) {
        bouncer =
                PgBouncer.start(GatewayDatabases.postgres().port(), mode, "agent-secret", dropped);
    }

    private ValidatableResponse registerAs(String mode) {
        return register(connection("pooled-" + mode).put("port", bouncer.port()).put("mode", mode));
    }
}
