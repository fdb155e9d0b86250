package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.client.InputRequest;
import dev.drawbridge.gateway.client.Inputs;
import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.mcp.session.SessionKey;
import dev.drawbridge.gateway.mcp.wire.QuestionJson;
import dev.drawbridge.gateway.mcp.wire.ReplyStream;
import dev.drawbridge.gateway.replica.ReplicaBus;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Questions to the clients of sessions, sent on the stream of the call that they are about. The
/// client posts its answers, each as a message of its own, to any replica: they are passed on to
/// the one that asked. Only the session that was asked answers, and nobody guesses a question's id.
@Singleton
final class ClientQuestions {
    /// As long as a confirmation counts: a person has to read and decide.
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String ANSWER = "client-answer";
    private static final String PREFIX = "ask-";
    private static final int LONGEST_ID = 100;

    /// What fits into a message to the replicas beside what it is about.
    private static final int LONGEST_ANSWER = 7_000;

    /// Keeps what is between from closing a stream on which a person thinks.
    private static final long SIGN_OF_LIFE_MS = 15_000;

    private final Map<Key, Promise<JsonObject>> open = new ConcurrentHashMap<>();
    private final ReplicaBus replicas;
    private final Vertx vertx;

    ClientQuestions(ReplicaBus replicas, Vertx vertx) {
        this.replicas = replicas;
        this.vertx = vertx;
        replicas.hear(ANSWER, this::hear);
    }

    private record Key(SessionKey session, String id) {}

    /// Asks everything at once.
    ///
    /// @param signal ends the waiting
    /// @return fails with `QUERY_TIMEOUT` when the client does not answer in time,
    ///   `QUERY_CANCELLED` when it went away
    Future<Inputs> ask(
            SessionKey session,
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

    /// Whether this can be the id of a question.
    static boolean isId(String id) {
        return id.startsWith(PREFIX) && id.length() <= LONGEST_ID;
    }

    /// Takes what a client answers to where it is waited for, if it is.
    ///
    /// @param message a JSON-RPC response
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` when it is too long to be
    ///   passed on, which the call that waits learns too
    void answer(SessionKey session, String id, JsonObject message) {
        var key = new Key(session, id);
        if (open.containsKey(key)) {
            take(key, message);
            return;
        }
        var passed =
                new JsonObject()
                        .put("tenant", session.tenant())
                        .put("session", session.digest())
                        .put("id", id);
        boolean fits = message.encode().getBytes(StandardCharsets.UTF_8).length <= LONGEST_ANSWER;
        replicas.publish(ANSWER, fits ? passed.put("answer", message) : passed);
        if (!fits) {
            throw tooLong("result").exception();
        }
    }

    private void hear(JsonObject passed) {
        var session = new SessionKey(passed.getString("tenant"), passed.getString("session"));
        take(new Key(session, passed.getString("id")), passed.getJsonObject("answer"));
    }

    /// @param message null for one that was too long to be passed on
    private void take(Key key, @Nullable JsonObject message) {
        Promise<JsonObject> waiting = open.remove(key);
        if (waiting == null) {
            return;
        }
        if (message == null) {
            waiting.tryFail(tooLong("client").exception());
        } else if (message.getValue("result") instanceof JsonObject result) {
            waiting.tryComplete(result);
        } else {
            waiting.tryFail(
                    new Problem.Invalid("client", "could not answer what it was asked")
                            .exception());
        }
    }

    private static Problem tooLong(String field) {
        return new Problem.Invalid(
                field,
                "answered at another replica than the one that asked, with more than the %,d bytes"
                                .formatted(LONGEST_ANSWER)
                        + " that can be passed on");
    }

    private Future<JsonObject> question(
            SessionKey session, ReplyStream reply, CancelSignal signal, InputRequest request) {
        var key = new Key(session, PREFIX + UUID.randomUUID());
        Promise<JsonObject> answer = ((ContextInternal) vertx.getOrCreateContext()).promise();
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
