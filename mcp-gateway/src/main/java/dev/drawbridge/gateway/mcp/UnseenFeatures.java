package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.audit.FeatureUse;
import dev.drawbridge.gateway.audit.Reach;
import dev.drawbridge.gateway.audit.ToolCallTrail;
import dev.drawbridge.gateway.mcp.wire.SelectedTools;
import dev.drawbridge.gateway.prompt.Prompts;
import dev.drawbridge.gateway.resource.Resources;
import dev.drawbridge.gateway.tool.Tools;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;

import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.util.List;

/// Records what somebody asked for that is not there for them. The extension answers it without
/// asking us: it does not find what [VisibleFeatures] hides. Everything else is recorded where it
/// runs.
@Singleton
final class UnseenFeatures {
    /// Behind [ToolCallRoute], which has answered most calls, before the extension's own route.
    private static final int ORDER = -2;

    private final Tools tools;
    private final Resources resources;
    private final Prompts prompts;
    private final ToolCallTrail trail;

    UnseenFeatures(Tools tools, Resources resources, Prompts prompts, ToolCallTrail trail) {
        this.tools = tools;
        this.resources = resources;
        this.prompts = prompts;
        this.trail = trail;
    }

    void register(@Observes Router router) {
        router.post("/mcp/v1").order(ORDER).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        Buffer body = context.body().buffer();
        if (body != null && context.user() instanceof QuarkusHttpUser user) {
            var identity = user.getSecurityIdentity();
            CurrentCaller.of(identity)
                    .ifPresent(caller ->
                            messages(body).forEach(message -> record(context, caller, message)));
        }
        context.next();
    }

    /// A message, those of a batch, or nothing for what is none: the extension says so.
    private static List<JsonObject> messages(Buffer body) {
        try {
            return switch (Json.decodeValue(body)) {
                case JsonObject one -> List.of(one);
                case JsonArray batch ->
                        batch.stream()
                                .filter(JsonObject.class::isInstance)
                                .map(JsonObject.class::cast)
                                .toList();
                case null, default -> List.of();
            };
        } catch (DecodeException malformed) {
            return List.of();
        }
    }

    private void record(RoutingContext context, Caller caller, JsonObject message) {
        if (!(message.getValue("method") instanceof String method)
                || !(message.getValue("params") instanceof JsonObject params)) {
            return;
        }
        String key = method.equals("resources/read") ? "uri" : "name";
        if (!(params.getValue(key) instanceof String name)) {
            return;
        }
        String client = CurrentCaller.clientOf(context);
        switch (method) {
            case "tools/call" -> {
                if (!tools.isKnown(caller, SelectedTools.of(context), name)) {
                    tools.refuse(FeatureUse.ofTool(caller, client, name, new Reach(client)));
                }
            }
            case "resources/read" -> {
                if (!resources.isKnown(caller, name)) {
                    trail.addUnseen(FeatureUse.ofResource(caller, client, name, new Reach(client)));
                }
            }
            case "prompts/get" -> {
                if (!prompts.isKnown(caller, name)) {
                    trail.addUnseen(FeatureUse.ofPrompt(caller, client, name, new Reach(client)));
                }
            }
            default -> {}
        }
    }
}
