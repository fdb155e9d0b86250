package dev.drawbridge.gateway.tool.utility;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.connection.Connections;
import dev.drawbridge.gateway.tool.Features;
import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.ToolDefinition;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import java.util.Locale;
import java.util.Set;

/// Names the databases that the caller may use.
@Singleton
final class ListConnections implements Tool {
    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "list_connections",
                    "List connections",
                    "Lists the connections that you may use. Other tools take their id as"
                            + " connection_id and, if it is not to be their own, another database of"
                            + " the server as database. Start here.",
                    Schemas.of().closed(),
                    Schemas.of()
                            .required(
                                    "connections",
                                    Schemas.list(
                                            Schemas.of()
                                                    .required("id", Schemas.typed("string"))
                                                    .required("name", Schemas.typed("string"))
                                                    .required("database", Schemas.typed("string"))
                                                    .required(
                                                            "environment", Schemas.typed("string"))
                                                    .required(
                                                            "allowWrites", Schemas.typed("boolean"))
                                                    .open()))
                            .open(),
                    ToolDefinition.Hints.READS,
                    Set.of(
                            Features.DEFAULT,
                            Features.DATABASE,
                            Features.OPERATE,
                            Features.UTILITY));

    private final Connections connections;

    ListConnections(Connections connections) {
        this.connections = connections;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        var list = new JsonArray();
        var text = new StringBuilder("id\tname\tdatabase\tenvironment\n");
        for (Connection one : connections.visible(call.caller())) {
            String environment = one.environment().name().toLowerCase(Locale.ROOT);
            var told =
                    new JsonObject()
                            .put("id", one.id().toString())
                            .put("name", one.name())
                            .put("database", one.database())
                            .put("environment", environment)
                            .put("allowWrites", one.allowWrites());
            if (one.allowWrites()) {
                told.put("writeMode", one.writeMode().name().toLowerCase(Locale.ROOT));
            }
            list.add(told);
            text.append(one.id())
                    .append('\t')
                    .append(one.name())
                    .append('\t')
                    .append(one.database())
                    .append('\t')
                    .append(environment)
                    .append('\n');
        }
        return Future.succeededFuture(
                Outcome.done(
                        new ToolAnswer(
                                list.isEmpty() ? "You may use no connection." : text.toString(),
                                new JsonObject().put("connections", list).encode(),
                                0)));
    }
}
