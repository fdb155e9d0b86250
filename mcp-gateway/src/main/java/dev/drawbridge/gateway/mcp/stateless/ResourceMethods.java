package dev.drawbridge.gateway.mcp.stateless;

import dev.drawbridge.gateway.audit.ToolCallTrail;
import dev.drawbridge.gateway.mcp.wire.ResourceJson;
import dev.drawbridge.gateway.resource.Resources;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import java.util.function.Function;

/// `resources/list`, `resources/templates/list` and `resources/read`.
@Singleton
final class ResourceMethods {
    /// How long a client may keep a content, milliseconds: as long as a catalog may be old. Who
    /// listens is told of changes.
    private static final long CONTENT_TTL_MS = 5_000;

    private static final long LIST_TTL_MS = 60_000;

    private final Resources resources;
    private final ToolCallTrail trail;

    ResourceMethods(Resources resources, ToolCallTrail trail) {
        this.resources = resources;
        this.trail = trail;
    }

    private record ResourceMethod(String name, Function<Exchange, Future<Result>> answers)
            implements Method {
        @Override
        public Future<Result> answer(Exchange exchange) {
            return answers.apply(exchange);
        }
    }

    @Produces
    @Singleton
    Method list() {
        return new ResourceMethod(
                "resources/list",
                exchange ->
                        kept(
                                ResourceJson.of(
                                        resources.list(
                                                exchange.caller(),
                                                exchange.request().optionalText("cursor")))));
    }

    @Produces
    @Singleton
    Method templates() {
        return new ResourceMethod(
                "resources/templates/list",
                exchange -> {
                    if (exchange.request().optionalText("cursor") != null) {
                        // They are all on one page, so nobody was given a cursor.
                        throw new Problem.Invalid("cursor", "is none of this list").exception();
                    }
                    return kept(ResourceJson.of(resources.templates(exchange.caller())));
                });
    }

    @Produces
    @Singleton
    Method read() {
        return new ResourceMethod("resources/read", this::read);
    }

    private Future<Result> read(Exchange exchange) {
        String uri = exchange.request().text("uri");
        if (!resources.isKnown(exchange.caller(), uri)) {
            trail.addUnseen(exchange.useOfResource(uri));
            throw RpcException.noResource(uri);
        }
        return resources
                .read(exchange.useOfResource(uri), uri, exchange.signal())
                .map(content -> Result.kept(ResourceJson.of(content), CONTENT_TTL_MS))
                .recover(failure -> Future.failedFuture(named(failure, uri)));
    }

    private static Throwable named(Throwable failure, String uri) {
        return failure instanceof ProblemException known
                        && known.problem() instanceof Problem.NotFound
                ? RpcException.noResource(uri)
                : failure;
    }

    private static Future<Result> kept(JsonObject list) {
        return Future.succeededFuture(Result.kept(list, LIST_TTL_MS));
    }
}
