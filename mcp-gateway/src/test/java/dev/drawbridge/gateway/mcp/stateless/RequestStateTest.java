package dev.drawbridge.gateway.mcp.stateless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.sql.SecretBox;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class RequestStateTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    @Inject SecretBox secrets;

    @Test
    void a_state_comes_back_for_ten_minutes() {
        var params = new JsonObject().put("name", "execute_sql");
        var asking = new Outcome.InputRequired<>(Map.of(), new JsonObject().put("k", "v"));
        Result asked = at(Duration.ZERO).ask(exchange(params), asking);
        var json = Buffer.buffer("{");
        asked.members().accept(json);
        String state = new JsonObject(json.appendString("}")).getString("requestState");
        var again = exchange(params.copy().put("requestState", state));

        assertThat(at(Duration.ofMinutes(10)).answers(again).state())
                .isEqualTo(new JsonObject().put("k", "v"));
        assertThatThrownBy(() -> at(Duration.ofMinutes(10).plusSeconds(1)).answers(again))
                .hasMessageContaining("requestState: is not one for this");
    }

    private Questions at(Duration later) {
        return new Questions(secrets, Clock.fixed(NOW.plus(later), ZoneOffset.UTC));
    }

    private static Exchange exchange(JsonObject params) {
        var meta = new RequestMeta(Set.of(), false, null, null, null);
        return new Exchange(
                null,
                TestCallers.know("alice", Map.of(), "*", "read"),
                null,
                new Request(1, "tools/call", params, meta),
                null,
                null);
    }
}
