package dev.drawbridge.gateway.mcp.stateless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.StatelessClient;
import dev.drawbridge.gateway.WriteCase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A destructive statement is confirmed by the client's person, in both eras.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class ConfirmedWriteTest extends WriteCase {
    private static final String DELETE = "delete from till.sale";

    @Test
    void what_its_person_confirms_is_done_once() {
        JsonObject asked = ask(DELETE);
        JsonObject question = question(asked);
        assertThat(question.getString("method")).isEqualTo("elicitation/create");
        assertThat(question.getJsonObject("params").getString("message"))
                .contains(DELETE)
                .contains("checkout");

        JsonObject done = answer(asked, DELETE, accepted(true));
        JsonObject again = answer(asked, DELETE, accepted(true));

        assertThat(done.getJsonObject("structuredContent").getString("outcome"))
                .isEqualTo("committed");
        assertThat(done.getJsonObject("structuredContent").getInteger("affectedRows")).isEqualTo(2);
        assertThat(error(again).getString("code")).isEqualTo("VALIDATION_ERROR");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"action\":\"decline\"}",
                "{\"action\":\"cancel\"}",
                "{\"action\":\"accept\",\"content\":{\"confirm\":false}}",
                "{\"action\":\"accept\",\"content\":{}}",
                "{\"action\":\"accept\"}",
                "{\"action\":\"accept\",\"content\":{\"confirm\":\"true\"}}",
                "{}"
            })
    void anything_but_a_yes_changes_nothing(String answer) {
        JsonObject declined = answer(ask(DELETE), DELETE, new JsonObject(answer));

        assertThat(declined.getJsonObject("structuredContent").getString("outcome"))
                .isEqualTo("declined");
        assertThat(rowsLeft()).isEqualTo(2);
    }

    @Test
    void an_answer_without_its_state_is_asked_again() {
        JsonObject params = call(DELETE).put("inputResponses", responses(accepted(true)));

        assertThat(client().request("tools/call", params).getString("resultType"))
                .isEqualTo("input_required");
        assertThat(rowsLeft()).isEqualTo(2);
    }

    @Test
    void a_yes_to_one_statement_is_none_to_another() {
        JsonObject asked = ask(DELETE);

        JsonObject other = answer(asked, "delete from till.sale where true", accepted(true));

        assertThat(other.getJsonObject("error").getString("message"))
                .startsWith("VALIDATION_ERROR: requestState");
        assertThat(rowsLeft()).isEqualTo(2);
    }

    @Test
    void a_client_without_a_person_gets_the_confirmation_itself() {
        JsonObject result =
                StatelessClient.of(endpoint, "alice").request("tools/call", call(DELETE));

        assertThat(result.getJsonObject("structuredContent").getString("outcome"))
                .isEqualTo("confirmation_required");
        assertThat(result.getJsonObject("structuredContent").getString("confirmation"))
                .isNotEmpty();
    }

    @Test
    void what_steers_the_display_is_shown_as_what_it_is() {
        String hidden = "delete from till.sale -- \u202e1 = di erehw";
        assertThat(question(ask(hidden)).getJsonObject("params").getString("message"))
                .contains("\\u{202e}")
                .doesNotContain("\u202e");
    }

    @Test
    void in_a_session_it_is_asked_on_the_stream_of_the_call() throws Exception {
        var session =
                McpClient.connect(
                        endpoint, "alice", new JsonObject().put("elicitation", new JsonObject()));
        var stream =
                session.follow(
                        new JsonObject()
                                .put("jsonrpc", "2.0")
                                .put("id", 7)
                                .put("method", "tools/call")
                                .put("params", call(DELETE)));
        JsonObject question = stream.take();
        assertThat(question.getString("method")).isEqualTo("elicitation/create");

        session.post(
                new JsonObject()
                        .put("jsonrpc", "2.0")
                        .put("id", question.getString("id"))
                        .put("result", accepted(true))
                        .encode());

        JsonObject done = stream.take();
        assertThat(done.getInteger("id")).isEqualTo(7);
        assertThat(
                        done.getJsonObject("result")
                                .getJsonObject("structuredContent")
                                .getString("outcome"))
                .isEqualTo("committed");
    }

    private JsonObject ask(String sql) {
        JsonObject asked = client().request("tools/call", call(sql));
        assertThat(asked.getString("resultType")).as(asked.encode()).isEqualTo("input_required");
        return asked;
    }

    private JsonObject answer(JsonObject asked, String sql, JsonObject answer) {
        return client().request(
                        "tools/call",
                        call(sql)
                                .put("inputResponses", responses(answer))
                                .put("requestState", asked.getString("requestState")));
    }

    private StatelessClient client() {
        return StatelessClient.of(endpoint, "alice").withElicitation();
    }

    private static JsonObject call(String sql) {
        return new JsonObject()
                .put("name", "execute_sql")
                .put("arguments", new JsonObject().put("connection_id", till).put("sql", sql));
    }

    private static JsonObject question(JsonObject asked) {
        return asked.getJsonObject("inputRequests").getJsonObject("confirm");
    }

    private static JsonObject responses(JsonObject answer) {
        return new JsonObject().put("confirm", answer);
    }

    private static JsonObject accepted(boolean confirmed) {
        return new JsonObject()
                .put("action", "accept")
                .put("content", new JsonObject().put("confirm", confirmed));
    }

    private int rowsLeft() {
        return structured(
                        call(
                                "alice",
                                "count_rows",
                                new JsonObject()
                                        .put("connection_id", till)
                                        .put("schema", "till")
                                        .put("table", "sale")))
                .getInteger("count");
    }
}
