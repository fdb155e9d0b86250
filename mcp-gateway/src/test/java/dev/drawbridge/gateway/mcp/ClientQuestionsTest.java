package dev.drawbridge.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.WriteCase;
import dev.drawbridge.gateway.mcp.session.SessionKey;
import dev.drawbridge.gateway.replica.ReplicaBus;
import dev.drawbridge.gateway.target.AnswerRoom;
import dev.drawbridge.identity.Digest;
import dev.drawbridge.problem.ProblemException;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// A person decides whether a statement is run, at whichever replica its answer arrives. What is
/// another replica elsewhere is here another object on the same bus.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class ClientQuestionsTest extends WriteCase {
    private static final JsonObject CAN_ASK = new JsonObject().put("elicitation", new JsonObject());
    private static final JsonObject CALL =
            new JsonObject().put("jsonrpc", "2.0").put("id", "call-1").put("method", "tools/call");

    @Inject ReplicaBus bus;
    @Inject Vertx vertx;
    @Inject AnswerRoom room;

    private McpClient client;

    @BeforeEach
    void connect() {
        client = McpClient.connect(endpoint, "alice", CAN_ASK);
    }

    @Test
    void what_a_person_accepts_is_run() throws Exception {
        BlockingQueue<JsonObject> told = delete();
        JsonObject question = next(told);

        assertThat(question.getString("method")).isEqualTo("elicitation/create");
        assertThat(sales()).isEqualTo(UNTOUCHED);
        assertThat(client.post(accepted(question).encode()).statusCode()).isEqualTo(202);

        assertThat(outcome(next(told)).getString("outcome")).isEqualTo("committed");
        assertThat(sales()).isEqualTo("[{\"id\":3,\"owner\":\"bob\",\"amount\":30}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"decline", "cancel"})
    void what_a_person_does_not_accept_is_not_run(String action) throws Exception {
        BlockingQueue<JsonObject> told = delete();

        client.post(answer(next(told), new JsonObject().put("action", action)).encode());

        assertThat(outcome(next(told)).getString("outcome")).isEqualTo("declined");
        assertThat(sales()).isEqualTo(UNTOUCHED);
    }

    @Test
    void nobody_else_answers_neither_another_caller_nor_another_session() throws Exception {
        BlockingQueue<JsonObject> told = delete();
        JsonObject question = next(told);

        for (String bearer : new String[] {"bob", "alice"}) {
            var other = McpClient.connect(endpoint, bearer, CAN_ASK);
            assertThat(other.post(accepted(question).encode()).statusCode()).isEqualTo(202);
        }
        // Heard by now: what is said behind it has been.
        client.post(answer(question, new JsonObject().put("action", "decline")).encode());

        assertThat(outcome(next(told)).getString("outcome")).isEqualTo("declined");
        assertThat(sales()).isEqualTo(UNTOUCHED);
    }

    @Test
    void an_answer_at_another_replica_is_passed_on() throws Exception {
        BlockingQueue<JsonObject> told = delete();
        JsonObject question = next(told);

        elsewhere().answer(session(), question.getString("id"), accepted(question));

        assertThat(outcome(next(told)).getString("outcome")).isEqualTo("committed");
    }

    @Test
    void an_answer_that_is_too_long_to_be_passed_on_is_refused_to_both() throws Exception {
        BlockingQueue<JsonObject> told = delete();
        JsonObject question = next(told);
        JsonObject endless = accepted(question).put("more", "x".repeat(7_000));

        assertThatThrownBy(() -> elsewhere().answer(session(), question.getString("id"), endless))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("7,000");

        JsonObject result = next(told).getJsonObject("result");
        assertThat(error(result).getString("code")).isEqualTo("VALIDATION_ERROR");
        assertThat(sales()).isEqualTo(UNTOUCHED);
    }

    @Test
    void a_call_is_cancelled_from_another_replica_by_its_session_only() throws Exception {
        var calls = new CallsUnderWay(room, bus);
        BlockingQueue<JsonObject> told = delete();
        next(told);

        calls.cancel(new SessionKey("default", "x".repeat(43)), "call-1");
        calls.cancel(session(), "call-2");
        assertThat(told.poll(300, TimeUnit.MILLISECONDS)).isNull();
        calls.cancel(session(), "call-1");

        JsonObject result = next(told).getJsonObject("result");
        assertThat(error(result).getString("code")).isEqualTo("QUERY_CANCELLED");
    }

    private ClientQuestions elsewhere() {
        return new ClientQuestions(bus, vertx);
    }

    private SessionKey session() {
        byte[] digest = Digest.of(client.session());
        return new SessionKey(
                "default", Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
    }

    private BlockingQueue<JsonObject> delete() {
        return client.follow(
                CALL.copy()
                        .put(
                                "params",
                                new JsonObject()
                                        .put("name", "execute_sql")
                                        .put("arguments", onTill("delete from till.sale"))));
    }

    private static JsonObject accepted(JsonObject question) {
        return answer(
                question,
                new JsonObject()
                        .put("action", "accept")
                        .put("content", new JsonObject().put("confirm", true)));
    }

    private static JsonObject answer(JsonObject question, JsonObject result) {
        return new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", question.getValue("id"))
                .put("result", result);
    }

    private static JsonObject outcome(JsonObject answer) {
        return structured(answer.getJsonObject("result"));
    }

    private static JsonObject next(BlockingQueue<JsonObject> told) throws InterruptedException {
        JsonObject message = told.poll(10, TimeUnit.SECONDS);
        assertThat(message).isNotNull();
        return message;
    }
}
