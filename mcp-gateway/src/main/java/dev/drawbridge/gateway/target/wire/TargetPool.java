package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.target.TargetConfig;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// The sessions on one database of one connection. Every read is guarded in the same way; there is
/// no other way to a session.
public final class TargetPool {
    private final VertxInternal vertx;
    private final Pool pool;
    private final TargetConfig config;

    TargetPool(Vertx vertx, Pool pool, TargetConfig config) {
        this.vertx = (VertxInternal) vertx;
        this.pool = pool;
        this.config = config;
    }

    /// Reads rows in the forms in which tools answer.
    ///
    /// @return fails with the problem that the caller should see
    public Future<EncodedRows> encoded(RowContext who, Statement statement, CancelSignal signal) {
        var encoder = new RowEncoder(statement.limit());
        return read(
                who,
                statement,
                signal,
                encoder,
                (call, flight) -> encoder.rows(flight.columns(), call.cut()));
    }

    /// Reads rows of a statement of our own, each as its values in the order of the columns. An
    /// answer beyond the byte budget is an error here: half a catalog would be a wrong one.
    public Future<List<List<@Nullable Object>>> values(
            RowContext who, Statement statement, CancelSignal signal) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        RowSink sink =
                row -> {
                    List<@Nullable Object> values = new ArrayList<>(row.size());
                    for (int i = 0; i < row.size(); i++) {
                        values.add(row.getValue(i));
                    }
                    rows.add(values);
                };
        return read(
                who,
                statement,
                signal,
                sink,
                (call, _) -> {
                    if (call.cut()) {
                        throw new Problem.Invalid("pattern", "matches too much; narrow it")
                                .exception();
                    }
                    return rows;
                });
    }

    /// Closes all sessions; those in use end with their call.
    public Future<Void> close() {
        return pool.close();
    }

    private <T> Future<T> read(
            RowContext who,
            Statement statement,
            CancelSignal signal,
            RowSink sink,
            Answer<T> answer) {
        ContextInternal context = vertx.getOrCreateContext();
        return pool.getConnection()
                .recover(failure ->
                        context.failedFuture(
                                TargetFailures.ofCheckout(failure, config.queueWait())
                                        .exception(failure)))
                .compose(leased -> read(context, leased, who, statement, signal, sink, answer));
    }

    private <T> Future<T> read(
            ContextInternal context,
            SqlConnection leased,
            RowContext who,
            Statement statement,
            CancelSignal signal,
            RowSink sink,
            Answer<T> answer) {
        String gone = signal.reason();
        if (gone != null) {
            return leased.close()
                    .transform(_ ->
                            context.failedFuture(new Problem.QueryCancelled(gone).exception()));
        }
        var call = new ReadCall(context, new Session(leased), who, statement, sink);
        return call.run(vertx, signal, config.statementTimeout(), config.answerBytes())
                .map(flight -> {
                    Throwable failure = flight.failure();
                    if (failure == null || (call.cut() && flight.guarded())) {
                        return answer.of(call, flight);
                    }
                    int offset = statement.skip() == 0 ? 0 : ReadCall.declaration().length();
                    throw TargetFailures.ofStatement(
                                    failure, signal, config.statementTimeout(), offset)
                            .exception(failure);
                });
    }

    private interface Answer<T> {
        T of(ReadCall call, Flight flight);
    }
}
