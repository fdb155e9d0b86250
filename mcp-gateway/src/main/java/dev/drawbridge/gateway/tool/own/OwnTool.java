package dev.drawbridge.gateway.tool.own;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.sqlguard.NamedSql;
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
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A tool that somebody defined: one statement, with the rights of whoever calls it.
final class OwnTool implements Tool {
    private final String tenant;
    private final OwnToolDefinition own;
    private final NamedSql sql;
    private final ToolDefinition definition;
    private final OwnToolParts parts;
    private volatile @Nullable String broken;

    OwnTool(String tenant, OwnToolDefinition own, Described described, OwnToolParts parts) {
        this.tenant = tenant;
        this.own = own;
        this.sql = own.named();
        this.parts = parts;
        this.definition =
                new ToolDefinition(
                        own.name(),
                        own.titleOrName(),
                        own.description(),
                        OwnSchema.input(own, described),
                        OwnSchema.output(own, described),
                        writes()
                                ? ToolDefinition.Hints.WRITES_ROWS
                                : ToolDefinition.Hints.READS_ROWS,
                        writes(),
                        Set.copyOf(own.features()));
    }

    @Override
    public ToolDefinition definition() {
        return definition;
    }

    /// Why it cannot be called now, as far as is known; null when it can.
    @Nullable String broken() {
        return connection().isEmpty() ? noConnection() : broken;
    }

    /// Notes what a check has found.
    void note(@Nullable String problem) {
        broken = problem;
    }

    /// A tool whose connection is gone is there for all who could call it, to say so.
    @Override
    public boolean isFor(Caller caller) {
        return connection()
                .map(it ->
                        parts.connections()
                                .isOpen(
                                        caller,
                                        it,
                                        own.database(),
                                        writes() ? Level.WRITE : Level.READ))
                .orElse(true);
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        Connection connection =
                connection()
                        .orElseThrow(
                                () -> new Problem.DatabaseUnavailable(noConnection()).exception());
        Databases.Database database =
                parts.databases()
                        .of(
                                call.caller(),
                                connection.id().toString(),
                                own.database(),
                                call.signal(),
                                call.reach());
        List<@Nullable Object> values = values(call);
        return (writes() ? write(call, database, values) : read(database, values))
                .onSuccess(_ -> broken = null)
                .recover(failure -> Future.failedFuture(told(failure)));
    }

    private Future<Outcome<ToolAnswer>> read(
            Databases.Database database, List<@Nullable Object> values) {
        int limit = own.result() == OwnToolDefinition.Form.ROWS ? own.rows() : 1;
        Integer seconds = own.cacheSeconds();
        Databases.Database asked =
                seconds == null ? database : database.keptFor(Duration.ofSeconds(seconds));
        return parts.guard()
                .read(sql.text())
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
                        new ConfirmedWrites.Order(sql.text(), values, own.rows()));
    }

    private List<@Nullable Object> values(ToolCall call) {
        List<@Nullable Object> values = new ArrayList<>();
        for (String name : sql.names()) {
            values.add(own.parameter(name).value(call.caller(), call.arguments().getValue(name)));
        }
        return values;
    }

    private Throwable told(Throwable failure) {
        if (!(failure instanceof ProblemException known)) {
            return failure;
        }
        ProblemException told = OwnProblems.ofCall(known, sql);
        if (OwnProblems.isBroken(told.problem())) {
            broken = told.getMessage();
        }
        return told;
    }

    private Optional<Connection> connection() {
        return parts.connections().of(tenant, own.connection());
    }

    private String noConnection() {
        return "This tool's connection is gone: " + own.connection() + ".";
    }

    private boolean writes() {
        return own.access() == OwnToolDefinition.Access.WRITE;
    }
}
