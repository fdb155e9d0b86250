package dev.drawbridge.gateway.tool.own;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.own.OwnItem;
import dev.drawbridge.gateway.own.OwnStatement;
import dev.drawbridge.gateway.target.Described;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.ToolDefinition;
import dev.drawbridge.gateway.tool.database.ConfirmedWrites;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Level;

import io.vertx.core.Future;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A tool that somebody defined: one statement, with the rights of whoever calls it.
public final class OwnTool implements Tool, OwnItem {
    private final OwnToolDefinition own;
    private final OwnStatement statement;
    private final ToolDefinition definition;
    private final OwnToolParts parts;

    OwnTool(String tenant, OwnToolDefinition own, Described described, OwnToolParts parts) {
        this.own = own;
        this.parts = parts;
        this.statement =
                new OwnStatement(parts.connections(), "tool", tenant, own.place(), own.named());
        this.definition =
                new ToolDefinition(
                        own.name(),
                        own.titleOrName(),
                        own.description(),
                        OwnSchema.input(own, described),
                        OwnSchema.output(own, described),
                        own.writes()
                                ? ToolDefinition.Hints.WRITES_ROWS
                                : ToolDefinition.Hints.READS_ROWS,
                        own.writes(),
                        Set.copyOf(own.features()));
    }

    @Override
    public ToolDefinition definition() {
        return definition;
    }

    @Override
    public @Nullable String broken() {
        return statement.broken();
    }

    @Override
    public void note(@Nullable String problem) {
        statement.note(problem);
    }

    @Override
    public boolean isFor(Caller caller) {
        return statement.isFor(caller, own.writes() ? Level.WRITE : Level.READ);
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        Databases.Database database =
                parts.databases()
                        .of(
                                call.caller(),
                                statement.connection().id().toString(),
                                own.database(),
                                call.signal(),
                                call.reach());
        List<@Nullable Object> values = values(call);
        return statement.used(
                own.writes() ? write(call, database, values) : read(database, values));
    }

    private Future<Outcome<ToolAnswer>> read(
            Databases.Database database, List<@Nullable Object> values) {
        int limit = own.result() == OwnToolDefinition.Form.ROWS ? own.rows() : 1;
        Integer seconds = own.cacheSeconds();
        Databases.Database asked =
                seconds == null ? database : database.keptFor(Duration.ofSeconds(seconds));
        return parts.guard()
                .read(statement.sql().text())
                .compose(it -> asked.encoded(it, new Statement(it.text(), values, 0, limit)))
                .map(this::answer);
    }

    private Outcome<ToolAnswer> answer(EncodedRows rows) {
        return Outcome.done(OwnAnswer.of(own.result(), rows));
    }

    private Future<Outcome<ToolAnswer>> write(
            ToolCall call, Databases.Database database, List<@Nullable Object> values) {
        return parts.writes()
                .run(
                        call,
                        parts.databases().writable(call, own.name(), database),
                        new ConfirmedWrites.Order(statement.sql().text(), values, own.rows()));
    }

    private List<@Nullable Object> values(ToolCall call) {
        List<@Nullable Object> values = new ArrayList<>();
        for (String name : statement.sql().names()) {
            values.add(own.parameter(name).value(call.caller(), call.arguments().getValue(name)));
        }
        return values;
    }
}
