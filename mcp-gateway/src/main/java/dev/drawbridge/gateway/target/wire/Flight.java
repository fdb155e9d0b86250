package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.Column;

import io.vertx.core.Future;
import io.vertx.core.impl.ContextInternal;
import io.vertx.sqlclient.PropertyKind;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.desc.ColumnDescriptor;
import io.vertx.sqlclient.impl.QueryResultHandler;
import io.vertx.sqlclient.impl.RowDesc;
import io.vertx.sqlclient.impl.command.CompositeCommand;
import io.vertx.sqlclient.impl.command.ExtendedQueryCommand;
import io.vertx.sqlclient.impl.command.QueryCommandBase;
import io.vertx.sqlclient.impl.command.SimpleQueryCommand;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collector;

/// The commands of one guarded transaction, and what came back for each.
final class Flight implements QueryResultHandler<RowSink> {
    private static final String BEGIN = "BEGIN TRANSACTION READ ONLY";
    private static final String ROLLBACK = "ROLLBACK";
    private static final String ARRAY = "_ARRAY";

    private final ContextInternal context;
    private final CompositeCommand commands = new CompositeCommand();
    private final Future<Boolean> begun;
    private final List<Future<Boolean>> steps = new ArrayList<>(2);
    private final Future<Boolean> read;
    private final Future<Boolean> rolledBack;
    private List<ColumnDescriptor> columns = List.of();
    private @Nullable Throwable unreadable;

    /// Set when the session was gone before anything was sent: then no command ever completes.
    private @Nullable Throwable lost;

    /// @param steps statements whose rows nobody reads, in order, by the extended protocol
    /// @param fetch how many rows of `last` the portal hands out; 0 for all
    Flight(ContextInternal context, List<Step> steps, Step last, int fetch, RowSink sink) {
        this.context = context;
        this.begun = commands.add(context, simple(BEGIN));
        for (Step step : steps) {
            this.steps.add(commands.add(context, silent(step)));
        }
        Collector<Row, RowSink, RowSink> collector =
                Collector.of(() -> sink, RowSink::accept, (one, _) -> one);
        this.read =
                commands.add(
                        context,
                        ExtendedQueryCommand.createQuery(
                                last.sql(),
                                null,
                                null,
                                last.parameters(),
                                fetch,
                                null,
                                false,
                                false,
                                collector,
                                this));
        this.rolledBack = commands.add(context, simple(ROLLBACK));
    }

    /// A statement with its parameters.
    record Step(String sql, Tuple parameters) {}

    /// Sends it all with one flush. Completes when the server has answered the last command, or the
    /// session is lost; never fails.
    Future<Void> depart(Session session) {
        return session.send(context, commands)
                .transform(sent -> {
                    if (sent.failed()) {
                        lost = sent.cause();
                        return context.succeededFuture();
                    }
                    return read.transform(_ -> rolledBack)
                            .transform(_ -> context.succeededFuture());
                });
    }

    /// Why nothing may be handed out; null when BEGIN, every step and the statement succeeded.
    @Nullable Throwable failure() {
        if (lost != null) {
            return lost;
        }
        if (begun.failed()) {
            return begun.cause();
        }
        for (Future<Boolean> step : steps) {
            if (step.failed()) {
                return step.cause();
            }
        }
        return read.failed() ? read.cause() : unreadable;
    }

    /// Whether the rows so far were read in a transaction and a context that are known to hold.
    boolean guarded() {
        return begun.succeeded() && steps.stream().allMatch(Future::succeeded);
    }

    /// Whether the transaction is known to be over.
    boolean ended() {
        return begun.succeeded() && rolledBack.succeeded();
    }

    /// The statement's columns, empty when its answer was cut off.
    List<Column> columns() {
        return columns.stream().map(Flight::column).toList();
    }

    @Override
    public <V> void addProperty(PropertyKind<V> property, V value) {}

    @Override
    public void handleResult(
            int updatedCount,
            int size,
            @Nullable RowDesc description,
            RowSink sink,
            @Nullable Throwable failure) {
        unreadable = failure;
        if (description != null) {
            columns = description.columnDescriptor();
        }
    }

    private static Column column(ColumnDescriptor descriptor) {
        String type = descriptor.typeName();
        if (type.equals("UNKNOWN")) {
            return new Column(descriptor.name(), "text");
        }
        return new Column(
                descriptor.name(),
                (type.endsWith(ARRAY)
                                ? type.substring(0, type.length() - ARRAY.length()) + "[]"
                                : type)
                        .toLowerCase(Locale.ROOT));
    }

    private static ExtendedQueryCommand<Void> silent(Step step) {
        return ExtendedQueryCommand.createQuery(
                step.sql(),
                null,
                null,
                step.parameters(),
                false,
                QueryCommandBase.NULL_COLLECTOR,
                QueryResultHandler.NOOP_HANDLER);
    }

    private static SimpleQueryCommand<Void> simple(String sql) {
        return new SimpleQueryCommand<>(
                sql,
                false,
                false,
                QueryCommandBase.NULL_COLLECTOR,
                QueryResultHandler.NOOP_HANDLER);
    }
}
