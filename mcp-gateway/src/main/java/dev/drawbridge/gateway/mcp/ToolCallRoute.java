package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.audit.Reach;
import dev.drawbridge.gateway.mcp.json.AnswerJson;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.Tools;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.problem.ProblemMapper;

import io.quarkiverse.mcp.server.runtime.ConnectionManager;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.util.Optional;

/// Answers `tools/call` in a session of the extension: the one message that is sent all the time.
/// The extension would build an object for each part of the answer and then write it; here the
/// answer's bytes are the ones that the tool made. Whatever is not plainly such a call goes on to
/// the extension, which knows what to say to it.
@Singleton
final class ToolCallRoute {
    /// Behind the check of the body's shape (-5), before the extension's own route.
    private static final int ORDER = -4;

    private final Tools tools;
    private final CallsUnderWay calls;
    private final ConnectionManager sessions;

    ToolCallRoute(Tools tools, CallsUnderWay calls, ConnectionManager sessions) {
        this.tools = tools;
        this.calls = calls;
        this.sessions = sessions;
    }

    void register(@Observes Router router) {
        router.post("/mcp/v1").order(ORDER).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        String session = context.request().getHeader(PlainRequest.SESSION);
        Optional<Caller> caller = CurrentCaller.of(context);
        Buffer body = context.body().buffer();
        if (session == null
                || body == null
                || caller.isEmpty()
                || !PlainRequest.is(context, sessions)) {
            context.next();
            return;
        }
        switch (ToolMessage.read(body)) {
            case ToolMessage.Call call when tools.isKnown(caller.get(), call.tool()) ->
                    answer(context, session, caller.get(), call);
            // The extension says that there is no such tool.
            case ToolMessage.Call _ -> context.next();
            case ToolMessage.Cancelled cancelled -> {
                calls.cancel(session, cancelled.id());
                context.next();
            }
            case ToolMessage.Other _ -> context.next();
        }
    }

    private void answer(
            RoutingContext context, String session, Caller caller, ToolMessage.Call message) {
        var signal = calls.begin(context, session, message.id());
        tools.call(message.tool(), toolCall(context, caller, message.arguments(), signal))
                .map(LegacyContent::answer)
                .otherwise(ToolCallRoute::failed)
                .onSuccess(answer -> send(context.response(), message.id(), answer));
    }

    private void send(HttpServerResponse response, Object id, ToolAnswer answer) {
        if (!response.ended() && !response.closed()) {
            Promise<Void> gone = Promise.promise();
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(written(id, calls.keep(answer, gone.future())))
                    .onComplete(gone);
        }
    }

    private static ToolCall toolCall(
            RoutingContext context, Caller caller, JsonObject arguments, CancelSignal signal) {
        return new ToolCall(
                caller, CurrentCaller.clientOf(context), arguments, signal, new Reach());
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
                        .appendString("{\"jsonrpc\":\"2.0\",\"id\":")
                        .appendString(Json.encode(id))
                        .appendString(",\"result\":{");
        AnswerJson.append(buffer, answer);
        return buffer.appendString("}}");
    }
}
