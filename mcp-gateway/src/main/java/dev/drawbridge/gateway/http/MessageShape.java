package dev.drawbridge.gateway.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Refuses a body that is no JSON-RPC message, which the extension answers with a bare 500: a value
/// that is neither object nor array, an empty batch, a batch of anything but objects.
@Singleton
final class MessageShape {
    /// Behind the sessions, before every road and the extension's own route.
    private static final int ORDER = -7;

    private static final int INVALID_REQUEST = -32_600;

    private final long most;

    MessageShape(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize most) {
        this.most = most.asLongValue();
    }

    void register(@Observes Router router) {
        router.post("/mcp*").order(ORDER - 1).handler(MessageShape::onItsThread);
        router.post("/mcp*")
                .order(ORDER)
                .handler(BodyHandler.create(false).setBodyLimit(most))
                .handler(MessageShape::check);
    }

    /// The body arrives on the connection's thread. Where auth-service was asked for the caller, we
    /// are on another one, and the body's end could pass before anybody listens.
    private static void onItsThread(RoutingContext context) {
        var request = (HttpServerRequestInternal) context.request();
        var own = (ContextInternal) request.context();
        if (own.inThread()) {
            context.next();
        } else {
            own.runOnContext(_ -> context.next());
        }
    }

    private static void check(RoutingContext context) {
        Buffer body = context.body().buffer();
        if (body != null && isMessage(body)) {
            context.next();
            return;
        }
        context.response()
                .setStatusCode(400)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(
                        new JsonObject()
                                .put("jsonrpc", "2.0")
                                .putNull("id")
                                .put(
                                        "error",
                                        new JsonObject()
                                                .put("code", INVALID_REQUEST)
                                                .put(
                                                        "message",
                                                        "VALIDATION_ERROR: body: is no JSON-RPC message"))
                                .toBuffer());
    }

    /// An object is looked into by the extension; only a batch is read here.
    private static boolean isMessage(Buffer body) {
        int at = 0;
        while (at < body.length() && Character.isWhitespace(body.getByte(at))) {
            at++;
        }
        if (at == body.length()) {
            return false;
        }
        if (body.getByte(at) != '[') {
            return body.getByte(at) == '{';
        }
        try {
            var batch = new JsonArray(body);
            return !batch.isEmpty() && batch.stream().allMatch(JsonObject.class::isInstance);
        } catch (DecodeException malformed) {
            return false;
        }
    }
}
