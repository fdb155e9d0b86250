package dev.drawbridge.gateway.tool.utility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.identity.Grants;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// What a caller is told of themselves, and of the time.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class CallerToolsTest extends GatewayCase {
    @Test
    void an_identity_is_what_the_gateway_goes_by() {
        JsonObject told = structured(call("alice", "current_identity", new JsonObject()));

        assertThat(told.getString("username")).isEqualTo("alice");
        assertThat(told.getJsonObject("attributes").getString("owner")).isEqualTo("alice");
        assertThat(told.getJsonObject("credential").getString("type")).isEqualTo("api_token");
        JsonObject connection = connection(told);
        assertThat(connection.getString("id")).isEqualTo(shop);
        assertThat(connection.getString("level")).isEqualTo("read");
        assertThat(connection.getJsonObject("rowContext"))
                .isEqualTo(
                        new JsonObject()
                                .put("mode", "claims")
                                .put("settings", new JsonObject().put("app.owner", "alice")));
    }

    @Test
    void a_scope_bounds_the_level_and_is_told() {
        var scopes =
                new Grants(
                        Map.of(
                                ProtectedObject.parse("connection:*"),
                                Level.READ,
                                ProtectedObject.parse("tool:*"),
                                Level.READ));
        TestCallers.know("scoped", Map.of(), scopes, "*", "admin");

        JsonObject told = structured(call("scoped", "current_identity", new JsonObject()));

        assertThat(told.getJsonObject("credential").getJsonObject("scopes").getString("tool:*"))
                .isEqualTo("read");
        assertThat(connection(told).getString("level")).isEqualTo("read");
    }

    @Test
    void the_time_is_that_of_the_gateway_and_on_request_of_a_database() {
        JsonObject here = structured(call("alice", "current_time", new JsonObject()));
        JsonObject there = structured(call("alice", "current_time", on()));

        assertThat(Duration.between(Instant.parse(here.getString("utc")), Instant.now()))
                .isLessThan(Duration.ofMinutes(1));
        assertThat(here.fieldNames()).doesNotContain("databaseTime");
        assertThat(there.getString("databaseTime"))
                .startsWith(there.getString("utc").substring(0, 7));
        assertThat(there.getLong("databaseAheadSeconds")).isBetween(-5L, 5L);
    }

    @Test
    void the_time_is_told_of_a_zone_that_is_named_and_of_no_other() {
        JsonObject told = structured(call("alice", "current_time", zone("Asia/Kathmandu")));

        var there = OffsetDateTime.parse(told.getString("zoneTime"));
        assertThat(there.getOffset()).isEqualTo(ZoneOffset.ofHoursMinutes(5, 45));
        assertThat(there.toInstant()).isEqualTo(Instant.parse(told.getString("utc")));
        assertThat(told.getString("weekday")).isEqualTo(there.getDayOfWeek().toString());
        for (String other : List.of("", "Berlin", "europe/berlin", "+02:00")) {
            JsonObject refused = error(call("alice", "current_time", zone(other)));
            assertThat(refused.getString("code")).as(other).isEqualTo("VALIDATION_ERROR");
            assertThat(refused.getString("field")).as(other).isEqualTo("zone");
        }
    }

    private static JsonObject zone(String name) {
        return new JsonObject().put("zone", name);
    }

    private static JsonObject connection(JsonObject told) {
        return told.getJsonArray("connections").stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("id").equals(shop))
                .findFirst()
                .orElseThrow();
    }
}
