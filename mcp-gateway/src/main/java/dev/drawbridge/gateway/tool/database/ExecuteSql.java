package dev.drawbridge.gateway.tool.database;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.connection.Connections;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.gateway.tool.Features;
import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.ToolDefinition;
import dev.drawbridge.identity.Caller;

import io.vertx.core.Future;

import jakarta.inject.Singleton;

import java.util.Set;

/// Runs one statement that writes, in a transaction of its own.
@Singleton
final class ExecuteSql implements Tool {
    private static final String NAME = "execute_sql";
    private static final int MOST_ROWS = 1_000;

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    NAME,
                    "Execute SQL",
                    "Runs one statement that writes, and commits it. With confirmation_required"
                            + " nothing was changed: ask your user, then send the same with"
                            + " confirmation.",
                    Schemas.onDatabase()
                            .required(
                                    "sql",
                                    Schemas.sql(
                                            "One INSERT, UPDATE, DELETE, MERGE; DDL if writeMode"
                                                    + " is ddl."))
                            .optional("params", Schemas.params())
                            .optional("limit", Schemas.limit(MOST_ROWS, 100))
                            .optional(
                                    ConfirmedWrites.DRY_RUN, Schemas.bool("Run it and roll back."))
                            .optional(ConfirmedWrites.CONFIRMATION, Schemas.typed("string"))
                            .closed(),
                    WriteAnswer.schema(),
                    ToolDefinition.Hints.WRITES_ROWS,
                    true,
                    Set.of(Features.DEFAULT, Features.DATABASE));

    private final Connections connections;
    private final Databases databases;
    private final ConfirmedWrites writes;

    ExecuteSql(Connections connections, Databases databases, ConfirmedWrites writes) {
        this.connections = connections;
        this.databases = databases;
        this.writes = writes;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public boolean isFor(Caller caller) {
        return connections.anyWritable(caller);
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        var order =
                new ConfirmedWrites.Order(
                        call.text("sql"), call.list("params"), call.number("limit", 100));
        return writes.run(call, databases.writable(call, NAME), order);
    }
}
