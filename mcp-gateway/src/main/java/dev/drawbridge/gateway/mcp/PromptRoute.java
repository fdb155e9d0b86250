package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.audit.FeatureUse;
import dev.drawbridge.gateway.audit.Reach;
import dev.drawbridge.gateway.client.Client;
import dev.drawbridge.gateway.client.Inputs;
import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.mcp.wire.PromptJson;
import dev.drawbridge.gateway.prompt.Prompt;
import dev.drawbridge.gateway.prompt.PromptCall;
import dev.drawbridge.gateway.prompt.PromptMessage;
import dev.drawbridge.gateway.prompt.Prompts;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemDetails;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.problem.ProblemMapper;

import io.quarkiverse.mcp.server.runtime.ConnectionManager;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Answers in a session of the extension what is asked about prompts of a tenant, of which the
/// extension knows nothing. Where a tenant has none, and for the built-in ones, it answers itself.
@Singleton
final class PromptRoute {
    /// Behind [ToolCallRoute] and [ResourceAdapter], which have taken most, before
    /// [UnseenFeatures].
    private static final int ORDER = -3;

    private final Prompts prompts;
    private final ConnectionManager sessions;

    PromptRoute(Prompts prompts, ConnectionManager sessions) {
        this.prompts = prompts;
        this.sessions = sessions;
    }

    void register(@Observes Router router) {
        router.post("/mcp/v1").order(ORDER).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        Optional<Caller> caller = CurrentCaller.of(context);
        Buffer body = context.body().buffer();
        if (caller.isEmpty()
                || body == null
                || prompts.own(caller.get()).isEmpty()
                || !PlainRequest.is(context, sessions)
                || !isAnswered(context, caller.get(), body)) {
            context.next();
        }
    }

    private boolean isAnswered(RoutingContext context, Caller caller, Buffer body) {
        try {
            var message = new JsonObject(body);
            Object id = message.getValue("id");
            if (!"2.0".equals(message.getValue("jsonrpc"))
                    || !(id instanceof String || id instanceof Integer || id instanceof Long)) {
                return false;
            }
            JsonObject params = message.getJsonObject("params", new JsonObject());
            return switch (message.getString("method", "")) {
                case "prompts/list" -> isListed(context, caller, id, params);
                case "prompts/get" -> isGot(context, caller, id, params);
                default -> false;
            };
        } catch (DecodeException | ClassCastException malformed) {
            return false;
        }
    }

    private boolean isListed(RoutingContext context, Caller caller, Object id, JsonObject params) {
        if (params.containsKey("cursor")) {
            return false;
        }
        var all = new JsonArray();
        prompts.list(caller).forEach(prompt -> all.add(PromptJson.of(prompt)));
        send(context, id, new JsonObject().put("result", new JsonObject().put("prompts", all)));
        return true;
    }

    private boolean isGot(RoutingContext context, Caller caller, Object id, JsonObject params) {
        String name = params.getString("name");
        Optional<Prompt> own =
                prompts.find(caller, String.valueOf(name)).filter(prompts.own(caller)::contains);
        if (own.isEmpty()) {
            return false;
        }
        Map<String, String> arguments = new HashMap<>();
        params.getJsonObject("arguments", new JsonObject())
                .forEach(one -> arguments.put(one.getKey(), (String) one.getValue()));
        var use =
                FeatureUse.ofPrompt(
                        caller,
                        CurrentCaller.clientOf(context),
                        own.get().name(),
                        new Reach(
                                CurrentCaller.clientOf(context), ProblemDetails.currentTraceId()));
        prompts.get(use, own.get(), new PromptCall(caller, arguments, Client.MUTE, Inputs.NONE))
                .map(outcome -> new JsonObject().put("result", result(own.get(), outcome)))
                .otherwise(failure -> new JsonObject().put("error", error(failure)))
                .onSuccess(answer -> send(context, id, answer));
        return true;
    }

    private static JsonObject result(Prompt prompt, Outcome<List<PromptMessage>> outcome) {
        return switch (outcome) {
            case Outcome.Done<List<PromptMessage>>(var messages) -> PromptJson.of(prompt, messages);
            case Outcome.InputRequired<List<PromptMessage>> asking ->
                    throw LegacyContent.unanswerable(asking.abilities()).exception();
        };
    }

    private static JsonObject error(Throwable failure) {
        Problem problem =
                failure instanceof ProblemException known
                        ? known.problem()
                        : ProblemMapper.internal(failure);
        return JsonRpcProblems.json(problem);
    }

    private static void send(RoutingContext context, Object id, JsonObject answer) {
        var response = context.response();
        if (!response.ended() && !response.closed()) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(answer.put("jsonrpc", "2.0").put("id", id).toBuffer());
        }
    }
}
