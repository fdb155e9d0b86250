package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.audit.FeatureUse;
import dev.drawbridge.gateway.audit.Reach;
import dev.drawbridge.gateway.audit.ToolCallTrail;
import dev.drawbridge.gateway.limit.Limits;
import dev.drawbridge.gateway.mcp.session.SessionKey;
import dev.drawbridge.gateway.mcp.wire.ResourceJson;
import dev.drawbridge.gateway.resource.Resources;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemDetails;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.problem.ProblemMapper;

import io.quarkiverse.mcp.server.runtime.ConnectionManager;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.function.Supplier;

/// Answers what is asked about resources in a session of the extension, which lists and watches
/// only what is registered with it for everyone. Whatever is not plainly such a request goes on to
/// the extension, which knows what to say to it.
@Singleton
final class ResourceAdapter {
    /// With [ToolCallRoute], before [UnseenFeatures] and the extension's own route.
    private static final int ORDER = -4;

    private final Resources resources;
    private final Subscriptions subscriptions;
    private final CallsUnderWay calls;
    private final Limits limits;
    private final ToolCallTrail trail;
    private final ConnectionManager sessions;

    ResourceAdapter(
            Resources resources,
            Subscriptions subscriptions,
            CallsUnderWay calls,
            Limits limits,
            ToolCallTrail trail,
            ConnectionManager sessions) {
        this.resources = resources;
        this.subscriptions = subscriptions;
        this.calls = calls;
        this.limits = limits;
        this.trail = trail;
        this.sessions = sessions;
    }

    void register(@Observes Router router) {
        router.post("/mcp/v1").order(ORDER).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        Optional<Caller> caller = CurrentCaller.of(context);
        String session = context.request().getHeader(PlainRequest.SESSION);
        SessionKey key = SessionKey.of(context);
        Buffer body = context.body().buffer();
        if (session == null
                || key == null
                || body == null
                || caller.isEmpty()
                || !PlainRequest.is(context, sessions)) {
            context.next();
        } else {
            handle(new Request(context, session, key, caller.get()), ResourceMessage.read(body));
        }
    }

    private record Request(RoutingContext context, String session, SessionKey key, Caller caller) {
        FeatureUse use(String uri) {
            return FeatureUse.ofResource(
                    caller,
                    CurrentCaller.clientOf(context),
                    uri,
                    new Reach(CurrentCaller.clientOf(context), ProblemDetails.currentTraceId()));
        }
    }

    private void handle(Request request, ResourceMessage message) {
        Caller caller = request.caller();
        switch (message) {
            case ResourceMessage.ListAll(var id, var cursor) ->
                    answer(
                            request,
                            id,
                            () -> done(ResourceJson.of(resources.list(caller, cursor))));
            case ResourceMessage.Templates(var id, var cursor) ->
                    answer(request, id, () -> templates(caller, cursor));
            case ResourceMessage.Read(var id, var uri) when resources.isKnown(caller, uri) ->
                    answer(request, id, () -> read(request, id, uri));
            case ResourceMessage.Subscribe(var id, var uri) ->
                    answer(request, id, () -> subscribe(request, uri));
            case ResourceMessage.Unsubscribe(var id, var uri) ->
                    answer(request, id, () -> unsubscribe(request, uri));
            case ResourceMessage.Complete complete ->
                    answer(request, complete.id(), () -> complete(caller, complete));
            // The extension says that there is no such resource, or what else is wrong.
            case ResourceMessage.Read _, ResourceMessage.Other _ -> request.context().next();
        }
    }

    private Future<JsonObject> templates(Caller caller, @Nullable String cursor) {
        if (cursor != null) {
            throw new Problem.Invalid("cursor", "is none of this list, which has one page")
                    .exception();
        }
        return done(ResourceJson.of(resources.templates(caller)));
    }

    private Future<JsonObject> read(Request request, Object id, String uri) {
        var signal = calls.begin(request.context(), request.key(), id);
        return resources.read(request.use(uri), uri, signal).map(ResourceJson::of);
    }

    private Future<JsonObject> subscribe(Request request, String uri) {
        if (!resources.isKnown(request.caller(), uri)) {
            trail.addUnseen(request.use(uri));
        }
        return limits.admit(request.caller(), CurrentCaller.clientOf(request.context()), null)
                .compose(_ -> subscriptions.add(request.session(), request.caller(), uri))
                .map(_ -> new JsonObject());
    }

    private Future<JsonObject> unsubscribe(Request request, String uri) {
        return subscriptions
                .remove(request.session(), request.caller(), uri)
                .map(_ -> new JsonObject());
    }

    private Future<JsonObject> complete(Caller caller, ResourceMessage.Complete asked) {
        return resources
                .complete(
                        caller, asked.template(), asked.variable(), asked.written(), asked.known())
                .map(ResourceJson::of);
    }

    private static Future<JsonObject> done(JsonObject result) {
        return Future.succeededFuture(result);
    }

    private static void answer(Request request, Object id, Supplier<Future<JsonObject>> result) {
        attempt(result)
                .map(found -> new JsonObject().put("result", found))
                .otherwise(failure -> new JsonObject().put("error", error(failure)))
                .onSuccess(answer ->
                        send(
                                request.context().response(),
                                answer.put("jsonrpc", "2.0").put("id", id)));
    }

    private static Future<JsonObject> attempt(Supplier<Future<JsonObject>> result) {
        try {
            return result.get();
        } catch (RuntimeException failure) {
            return Future.failedFuture(failure);
        }
    }

    private static JsonObject error(Throwable failure) {
        Problem problem =
                failure instanceof ProblemException known
                        ? known.problem()
                        : ProblemMapper.internal(failure);
        return JsonRpcProblems.json(problem);
    }

    private static void send(HttpServerResponse response, JsonObject answer) {
        if (!response.ended() && !response.closed()) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(answer.toBuffer());
        }
    }
}
