package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.mcp.session.SessionKey;
import dev.drawbridge.gateway.mcp.wire.SelectedTools;
import dev.drawbridge.gateway.tool.Tools;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.problem.Answers;
import dev.drawbridge.problem.ProblemException;

import io.quarkiverse.mcp.server.McpConnection;
import io.quarkiverse.mcp.server.runtime.ConnectionManager;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.util.Optional;

/// Takes `tools/call` in a session of the extension, the one message that is sent all the time, and
/// what clients answer to us. The extension would build an object for each part of the answer and
/// then write it, and knows no way to go on with a call on another replica. Whatever is not plainly
/// such a message goes on to it; it knows what to say.
@Singleton
final class ToolCallRoute {
    /// Behind the revision without sessions (-5), before the extension's own route.
    private static final int ORDER = -4;

    private static final int ACCEPTED = 202;

    private final Tools tools;
    private final SessionCalls answers;
    private final CallsUnderWay calls;
    private final ClientQuestions questions;
    private final ConnectionManager sessions;

    ToolCallRoute(
            Tools tools,
            SessionCalls answers,
            CallsUnderWay calls,
            ClientQuestions questions,
            ConnectionManager sessions) {
        this.tools = tools;
        this.answers = answers;
        this.calls = calls;
        this.questions = questions;
        this.sessions = sessions;
    }

    void register(@Observes Router router) {
        router.post("/mcp/v1").order(ORDER).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        SessionKey session = SessionKey.of(context);
        Optional<Caller> caller = CurrentCaller.of(context);
        Buffer body = context.body().buffer();
        McpConnection connection = PlainRequest.connection(context, sessions);
        if (session == null || body == null || caller.isEmpty() || connection == null) {
            context.next();
            return;
        }
        switch (ToolMessage.read(body)) {
            case ToolMessage.Call call
                    when tools.isKnown(caller.get(), SelectedTools.of(context), call.tool()) ->
                    answers.answer(context, session, connection, caller.get(), call);
            // The extension says that there is no such tool.
            case ToolMessage.Call _ -> context.next();
            case ToolMessage.ListAll list -> answers.list(context, caller.get(), list);
            case ToolMessage.Cancelled cancelled -> {
                if (calls.cancel(session, cancelled.id())) {
                    context.response().setStatusCode(ACCEPTED).end();
                } else {
                    context.next();
                }
            }
            case ToolMessage.Answer answer when ClientQuestions.isId(answer.id()) ->
                    take(context, session, answer);
            case ToolMessage.Answer _, ToolMessage.Other _ -> context.next();
        }
    }

    private void take(RoutingContext context, SessionKey session, ToolMessage.Answer answer) {
        try {
            questions.answer(session, answer.id(), answer.message());
            context.response().setStatusCode(ACCEPTED).end();
        } catch (ProblemException tooLong) {
            Answers.problem(context, tooLong.problem());
        }
    }
}
