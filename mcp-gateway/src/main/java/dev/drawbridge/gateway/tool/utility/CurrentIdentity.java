package dev.drawbridge.gateway.tool.utility;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.connection.Connections;
import dev.drawbridge.gateway.target.RowContexts;
import dev.drawbridge.gateway.tool.Features;
import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.ToolDefinition;
import dev.drawbridge.identity.Authorization;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Says who the gateway takes the caller for, and what databases are told of them.
@Singleton
final class CurrentIdentity implements Tool {
    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "current_identity",
                    "Current identity",
                    "Who you are here: user, groups, attributes, token, and for each connection your"
                            + " level and what its row-level security is told of you.",
                    Schemas.of().closed(),
                    Schemas.of()
                            .required("username", Schemas.typed("string"))
                            .required("tenant", Schemas.typed("string"))
                            .required("groups", Schemas.list(Schemas.typed("string")))
                            .required("attributes", Schemas.typed("object"))
                            .required("credential", Schemas.typed("object"))
                            .required("connections", Schemas.list(Schemas.typed("object")))
                            .open(),
                    ToolDefinition.Hints.READS,
                    Set.of(Features.UTILITY));

    private final Connections connections;
    private final RowContexts contexts;

    CurrentIdentity(Connections connections, RowContexts contexts) {
        this.connections = connections;
        this.contexts = contexts;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        Caller caller = call.caller();
        var seen = new JsonArray();
        connections.visible(caller).forEach(one -> seen.add(connection(caller, one)));
        var told =
                new JsonObject()
                        .put("id", caller.id().toString())
                        .put("username", caller.username())
                        .put("tenant", caller.tenant())
                        .put("superuser", caller.superuser())
                        .put("groups", new JsonArray(caller.groups()))
                        .put("attributes", new JsonObject(Map.copyOf(caller.attributes())))
                        .put("credential", credential(caller))
                        .put("connections", seen);
        return Future.succeededFuture(
                Outcome.done(new ToolAnswer(text(caller, told), told.encode(), 0)));
    }

    private static JsonObject credential(Caller caller) {
        Caller.Credential shown = caller.credential();
        var told =
                new JsonObject()
                        .put("type", shown.type().text())
                        .put("id", shown.id().toString())
                        .put("expiresAt", shown.expiresAt() == null ? "never" : shown.expiresAt());
        if (shown.agentClass() != null) {
            told.put("agentClass", shown.agentClass());
        }
        if (shown.rateLimit() != null) {
            told.put(
                    "rateLimit",
                    shown.rateLimit().requests() + " in " + shown.rateLimit().perSeconds() + " s");
        }
        if (caller.scopes() != null) {
            var scopes = new JsonObject();
            caller.scopes()
                    .levels()
                    .forEach((object, level) -> scopes.put(object.toString(), name(level)));
            told.put("scopes", scopes);
        }
        return told;
    }

    private JsonObject connection(Caller caller, Connection one) {
        Level level =
                Authorization.effective(caller, ProtectedObject.connection(one.id().toString()));
        return new JsonObject()
                .put("id", one.id().toString())
                .put("name", one.name())
                .put("level", level == Level.NONE ? "of parts only" : name(level))
                .put("takesWrites", one.allowWrites())
                .put("rowContext", rowContext(caller, one));
    }

    private JsonObject rowContext(Caller caller, Connection one) {
        try {
            return new JsonObject(
                    contexts.of(caller, connections.target(caller, one)).description());
        } catch (ProblemException refused) {
            return new JsonObject().put("refused", refused.getMessage());
        }
    }

    private static String name(Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    private static String text(Caller caller, JsonObject told) {
        var text = new StringBuilder();
        line(text, "user", caller.username() + (caller.superuser() ? " (superuser)" : ""));
        line(text, "tenant", caller.tenant());
        line(text, "groups", String.join(", ", caller.groups()));
        line(text, "attributes", new TreeMap<>(caller.attributes()).toString());
        line(text, "credential", told.getJsonObject("credential").encode());
        text.append("connection\tname\tlevel\twrites\trow context\n");
        for (Object one : told.getJsonArray("connections")) {
            if (one instanceof JsonObject connection) {
                text.append(connection.getString("id"))
                        .append('\t')
                        .append(connection.getString("name"))
                        .append('\t')
                        .append(connection.getString("level"))
                        .append('\t')
                        .append(connection.getBoolean("takesWrites") ? "yes" : "no")
                        .append('\t')
                        .append(connection.getJsonObject("rowContext").encode())
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, @Nullable String value) {
        text.append(name).append('\t').append(value).append('\n');
    }
}
