package dev.drawbridge.gateway.mcp.stateless;

import dev.drawbridge.gateway.mcp.wire.Revisions;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

/// `server/discover`: what is spoken here.
@Singleton
final class Discovery implements Method {
    private static final long TTL_MS = 300_000;

    private final ServerIdentity server;

    Discovery(ServerIdentity server) {
        this.server = server;
    }

    @Override
    public String name() {
        return "server/discover";
    }

    @Override
    public Future<Result> answer(Exchange exchange) {
        return Future.succeededFuture(
                Result.kept(
                        new JsonObject()
                                .put("supportedVersions", new JsonArray(Revisions.ALL))
                                .put("capabilities", capabilities())
                                .put("instructions", server.instructions()),
                        TTL_MS));
    }

    private static JsonObject capabilities() {
        var changing = new JsonObject().put("listChanged", true);
        return new JsonObject()
                .put("tools", changing)
                .put("prompts", changing)
                .put("resources", changing.copy().put("subscribe", true))
                .put("completions", new JsonObject())
                .put("logging", new JsonObject())
                .put("extensions", new JsonObject().put(RequestMeta.TASKS, new JsonObject()));
    }
}
