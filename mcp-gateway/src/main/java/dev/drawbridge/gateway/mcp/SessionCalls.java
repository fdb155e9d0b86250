package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.audit.Reach;
import dev.drawbridge.gateway.client.Inputs;
import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.mcp.session.SessionKey;
import dev.drawbridge.gateway.mcp.wire.AnswerJson;
import dev.drawbridge.gateway.mcp.wire.ReplyStream;
import dev.drawbridge.gateway.mcp.wire.SelectedTools;
import dev.drawbridge.gateway.mcp.wire.StreamedClient;
import dev.drawbridge.gateway.mcp.wire.ToolListing;
import dev.drawbridge.gateway.oauth.StepUp;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.Tools;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.problem.ProblemMapper;

import io.quarkiverse.mcp.server.McpConnection;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;

import jakarta.inject.Singleton;

import java.util.stream.Collectors;

/// Answers a call of a tool in a session: asks the client what the tool wants to know, as often as
/// it does, and sends the answer in the bytes that the tool made. And lists tools.
@Singleton
final class SessionCalls {
    private static final int OK = 200;
    private static final String RPC = "{\"jsonrpc\":\"2.0\",\"id\":";

    /// No tool of ours asks more often; one that never ends must not hold its client for ever.
    private static final int MOST_ROUNDS = 8;

    private final Tools tools;
    private final ToolListing listing;
    private final StepUp stepUp;
    private final CallsUnderWay calls;
    private final ClientQuestions questions;

    SessionCalls(
            Tools tools,
            ToolListing listing,
            StepUp stepUp,
            CallsUnderWay calls,
            ClientQuestions questions) {
        this.tools = tools;
        this.listing = listing;
        this.stepUp = stepUp;
        this.calls = calls;
        this.questions = questions;
    }

    private record Asked(
            Caller caller,
            RoutingContext context,
            SessionKey session,
            McpConnection connection,
            ToolMessage.Call message,
            CancelSignal signal,
            ReplyStream reply) {}

    void answer(
            RoutingContext context,
            SessionKey session,
            McpConnection connection,
            Caller caller,
            ToolMessage.Call message) {
        var reply = new ReplyStream(context);
        var signal = calls.begin(context, session, message.id());
        call(
                        new Asked(caller, context, session, connection, message, signal, reply),
                        Inputs.NONE,
                        1)
                .onSuccess(answer -> send(reply, message.id(), answer))
                .onFailure(failure -> {
                    if (!stepUp.challenge(context, caller, failure)) {
                        send(reply, message.id(), failed(failure));
                    }
                });
    }

    /// The whole list on one page.
    void list(RoutingContext context, Caller caller, ToolMessage.ListAll message) {
        String tools =
                listing.seenBy(caller, SelectedTools.of(context)).stream()
                        .map(ToolListing.Entry::json)
                        .collect(Collectors.joining(",", "{\"tools\":[", "]}"));
        var _ =
                new ReplyStream(context)
                        .end(
                                OK,
                                Buffer.buffer(tools.length() + 64)
                                        .appendString(RPC)
                                        .appendString(Json.encode(message.id()))
                                        .appendString(",\"result\":")
                                        .appendString(tools)
                                        .appendString("}"));
    }

    private Future<ToolAnswer> call(Asked asked, Inputs inputs, int round) {
        StreamedClient client =
                SessionClient.of(
                        asked.connection(), asked.reply(), asked.message().progressToken());
        var call =
                new ToolCall(
                        asked.caller(),
                        CurrentCaller.clientOf(asked.context()),
                        asked.message().arguments(),
                        asked.signal(),
                        new Reach(CurrentCaller.clientOf(asked.context())),
                        SelectedTools.of(asked.context()),
                        client,
                        inputs);
        return tools.call(asked.message().tool(), call)
                .compose(outcome ->
                        switch (outcome) {
                            case Outcome.Done<ToolAnswer>(var answer) ->
                                    Future.succeededFuture(answer);
                            case Outcome.InputRequired<ToolAnswer> asking ->
                                    ask(asked, client, asking, round);
                        });
    }

    private Future<ToolAnswer> ask(
            Asked asked,
            StreamedClient client,
            Outcome.InputRequired<ToolAnswer> asking,
            int round) {
        if (round == MOST_ROUNDS) {
            throw new Problem.Invalid("client", "was asked too often").exception();
        }
        if (!client.abilities().containsAll(asking.abilities())) {
            throw LegacyContent.unanswerable(asking.abilities()).exception();
        }
        return questions
                .ask(asked.session(), asked.reply(), asked.signal(), asking)
                .compose(inputs -> call(asked, inputs, round + 1));
    }

    private void send(ReplyStream reply, Object id, ToolAnswer answer) {
        Promise<Void> gone = Promise.promise();
        reply.end(OK, written(id, calls.keep(answer, gone.future()))).onComplete(gone);
    }

    private static ToolAnswer failed(Throwable failure) {
        return ToolAnswer.failed(
                failure instanceof ProblemException known
                        ? known.problem()
                        : ProblemMapper.internal(failure));
    }

    /// Whatever goes wrong here, somebody waits for an answer.
    private static Buffer written(Object id, ToolAnswer answer) {
        try {
            return result(id, answer);
        } catch (RuntimeException | Error unwritable) {
            return result(id, failed(unwritable));
        }
    }

    private static Buffer result(Object id, ToolAnswer answer) {
        var buffer =
                Buffer.buffer(AnswerJson.sizeOf(answer))
                        .appendString(RPC)
                        .appendString(Json.encode(id))
                        .appendString(",\"result\":{");
        AnswerJson.appendWithMeta(buffer, answer);
        return buffer.appendString("}}");
    }
}
