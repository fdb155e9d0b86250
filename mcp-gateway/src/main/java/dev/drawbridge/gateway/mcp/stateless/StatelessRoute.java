package dev.drawbridge.gateway.mcp.stateless;

import dev.drawbridge.gateway.mcp.wire.ReplyStream;
import dev.drawbridge.gateway.mcp.wire.Revisions;
import dev.drawbridge.gateway.oauth.StepUp;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.problem.ProblemMapper;

import io.quarkus.arc.All;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The endpoint for requests of revisions without sessions; all others go on to the extension.
/// Behind the same checks of Host, credential and body.
@Singleton
final class StatelessRoute {
    /// Behind the check of the body's shape (-7), before [dev.drawbridge.gateway.mcp] (-4).
    private static final int ORDER = -5;

    private static final String VERSION = "MCP-Protocol-Version";
    private static final int ACCEPTED = 202;
    private static final int METHOD_NOT_ALLOWED = 405;

    private final Map<String, Method> methods;
    private final StepUp stepUp;
    private final ServerIdentity server;

    StatelessRoute(@All List<Method> methods, StepUp stepUp, ServerIdentity server) {
        this.methods =
                methods.stream()
                        .collect(Collectors.toUnmodifiableMap(Method::name, Function.identity()));
        this.stepUp = stepUp;
        this.server = server;
    }

    void register(@Observes Router router) {
        router.post("/mcp/v1").order(ORDER).handler(this::handle);
        router.route(HttpMethod.GET, "/mcp/v1").order(ORDER).handler(StatelessRoute::refuse);
        router.route(HttpMethod.DELETE, "/mcp/v1").order(ORDER).handler(StatelessRoute::refuse);
    }

    /// Streams and sessions are of the revisions before.
    private static void refuse(RoutingContext context) {
        String version = context.request().getHeader(VERSION);
        if (version == null || Revisions.hasSessions(version)) {
            context.next();
        } else {
            context.response().setStatusCode(METHOD_NOT_ALLOWED).putHeader("Allow", "POST").end();
        }
    }

    private void handle(RoutingContext context) {
        String version = context.request().getHeader(VERSION);
        Buffer body = context.body().buffer();
        Optional<Caller> caller = CurrentCaller.of(context);
        if (body == null || caller.isEmpty() || !Envelope.isStateless(version, body)) {
            context.next();
            return;
        }
        Object id = null;
        try {
            JsonObject message = Envelope.message(body);
            id = Envelope.id(message);
            if (id == null) {
                accept(context, message);
                return;
            }
            Request request = Envelope.request(message, id, version);
            MirroredHeaders.check(context.request().headers(), request);
            answer(context, caller.get(), request);
        } catch (RpcException refused) {
            Reply.refuse(context, id, refused);
        }
    }

    /// Nothing that a client could notify of is of use here, and none of it is wrong.
    private static void accept(RoutingContext context, JsonObject message) {
        if (message.containsKey("id")) {
            throw RpcException.invalidRequest("id: is neither a string nor a whole number");
        }
        Envelope.method(message);
        context.response().setStatusCode(ACCEPTED).end();
    }

    private void answer(RoutingContext context, Caller caller, Request request) {
        var reply = new Reply(request, new ReplyStream(context), server.json());
        ClientTrace.follow(request.meta());
        dispatch(
                        new Exchange(
                                context,
                                caller,
                                CurrentCaller.clientOf(context),
                                request,
                                reply,
                                signal(context)))
                // An answer that cannot be written is a failure too: somebody waits for it.
                .compose(reply::end)
                .onFailure(failure -> {
                    if (!stepUp.challenge(context, caller, failure)) {
                        reply.end(error(failure));
                    }
                });
    }

    private Future<Result> dispatch(Exchange exchange) {
        try {
            @Nullable Method method = methods.get(exchange.request().method());
            if (method == null) {
                throw RpcException.unknownMethod(exchange.request().method());
            }
            return method.answer(exchange);
        } catch (RuntimeException failure) {
            return Future.failedFuture(failure);
        }
    }

    private static CancelSignal signal(RoutingContext context) {
        var signal = new CancelSignal();
        context.addEndHandler(ended -> {
            if (ended.failed()) {
                signal.cancel("The client went away.");
            }
        });
        return signal;
    }

    private static RpcException error(Throwable failure) {
        return switch (failure) {
            case RpcException known -> known;
            case ProblemException known -> RpcException.of(known.problem());
            default -> RpcException.of(ProblemMapper.internal(failure));
        };
    }
}
