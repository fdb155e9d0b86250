package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.client.InputRequest;
import dev.drawbridge.gateway.client.Inputs;
import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.mcp.wire.QuestionJson;
import dev.drawbridge.gateway.mcp.wire.ReplyStream;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Questions to the clients of sessions, sent on the stream of the call that they are about. The
/// client posts its answers, each as a message of its own.
@Singleton
final class ClientQuestions {
    /// As long as a confirmation counts: a person has to read and decide.
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /// Keeps what is between from closing a stream on which a person thinks.
    private static final long SIGN_OF_LIFE_MS = 15_000;

    private final Map<Key, Promise<JsonObject>> open = new ConcurrentHashMap<>();
    private final Vertx vertx;

    ClientQuestions(Vertx vertx) {
        this.vertx = vertx;
    }

    private record Key(String session, String id) {}

    /// Asks everything at once.
    ///
    /// @param signal ends the waiting
    /// @return fails with `QUERY_TIMEOUT` when the client does not answer in time,
    ///   `QUERY_CANCELLED` when it went away
    Future<Inputs> ask(
            String session,
            ReplyStream reply,
            CancelSignal signal,
            Outcome.InputRequired<?> asking) {
        Map<String, Future<JsonObject>> asked = new HashMap<>();
        asking.requests()
                .forEach((key, request) ->
                        asked.put(key, question(session, reply, signal, request)));
        long beat = vertx.setPeriodic(SIGN_OF_LIFE_MS, _ -> reply.keepAlive());
        return Future.all(asked.values().stream().toList())
                .onComplete(_ -> vertx.cancelTimer(beat))
                .map(_ -> {
                    Map<String, JsonObject> answers = new HashMap<>();
                    asked.forEach((key, answer) -> answers.put(key, answer.result()));
                    return new Inputs(answers, asking.state());
                });
    }

    /// Takes what a client answers.
    ///
    /// @param message a JSON-RPC response
    /// @return false when nobody here waits for it
    boolean answer(String session, String id, JsonObject message) {
        Promise<JsonObject> waiting = open.remove(new Key(session, id));
        if (waiting == null) {
            return false;
        }
        return message.getValue("result") instanceof JsonObject result
                ? waiting.tryComplete(result)
                : waiting.tryFail(
                        new Problem.Invalid("client", "could not answer what it was asked")
                                .exception());
    }

    private Future<JsonObject> question(
            String session, ReplyStream reply, CancelSignal signal, InputRequest request) {
        var key = new Key(session, "ask-" + UUID.randomUUID());
        Promise<JsonObject> answer = Promise.promise();
        open.put(key, answer);
        long timer =
                vertx.setTimer(
                        PATIENCE.toMillis(),
                        _ -> answer.tryFail(new Problem.QueryTimeout(PATIENCE).exception()));
        signal.onCancel(() ->
                answer.tryFail(new Problem.QueryCancelled("The client went away.").exception()));
        reply.send(
                new JsonObject()
                        .put("jsonrpc", "2.0")
                        .put("id", key.id())
                        .mergeIn(QuestionJson.of(request))
                        .toBuffer());
        return answer.future()
                .onComplete(_ -> {
                    vertx.cancelTimer(timer);
                    open.remove(key);
                });
    }
}
