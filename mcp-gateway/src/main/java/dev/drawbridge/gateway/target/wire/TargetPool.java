package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.AnswerRoom;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.TargetConfig;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// The sessions on one database of one connection. Every read is guarded in the same way; there is
/// no other way to a session.
public final class TargetPool {
    /// What [#values] fails with when there is more than one answer may hold. Who asked for it can
    /// say better what to ask for instead.
    public static final Problem TOO_LONG =
            new Problem.Invalid("answer", "is longer than one may be; ask for less");

    /// When an answer or two have gone out.
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final VertxInternal vertx;
    private final Pool pool;
    private final PgConnectOptions options;
    private final TargetConfig config;
    private final AnswerRoom room;
    private final OutageLog outages;
    private final boolean keepsStatements;
    private final boolean isOwnLogin;

    /// @param options that the sessions of `pool` are opened with
    TargetPool(
            Vertx vertx,
            Pool pool,
            PgConnectOptions options,
            TargetConfig config,
            AnswerRoom room,
            Target target) {
        this.vertx = (VertxInternal) vertx;
        this.pool = pool;
        this.options = options;
        this.config = config;
        this.room = room;
        this.outages = new OutageLog(target.connection());
        this.keepsStatements = target.mode().keepsStatements();
        this.isOwnLogin = target.login() != null;
    }

    /// What is read for whom.
    ///
    /// @param budget what the answer may take
    private record Read(
            RowContext who, Statement statement, CancelSignal signal, AnswerBudget budget) {}

    /// Reads rows in the forms in which tools answer.
    ///
    /// @return fails with the problem that the caller should see
    public Future<EncodedRows> encoded(RowContext who, Statement statement, CancelSignal signal) {
        var budget = budget();
        var encoder = new RowEncoder(statement.limit(), budget);
        return read(
                new Read(who, statement, signal, budget),
                encoder,
                flight -> encoder.rows(flight.columns(), flight.cut()));
    }

    /// Reads rows of a statement of our own: each value a Boolean, Long, String, what Vert.x makes
    /// of JSON, or a list of those, in the order of the columns. An answer beyond the byte budget
    /// is [#TOO_LONG]: half a catalog would be a wrong one.
    public Future<List<List<@Nullable Object>>> values(
            RowContext who, Statement statement, CancelSignal signal) {
        var reader = new ValueReader();
        return read(
                new Read(who, statement, signal, budget()),
                reader,
                flight -> {
                    if (flight.cut()) {
                        throw TOO_LONG.exception();
                    }
                    return reader.rows();
                });
    }

    /// Closes all sessions; those in use end with their call.
    public Future<Void> close() {
        return pool.close();
    }

    private AnswerBudget budget() {
        return new AnswerBudget(room.share(), config.answerBytes());
    }

    private <T> Future<T> read(Read read, RowSink sink, Function<Flight, T> answer) {
        ContextInternal context = vertx.getOrCreateContext();
        return pool.getConnection()
                .recover(failure ->
                        context.failedFuture(
                                told(
                                        TargetFailures.ofCheckout(
                                                failure, config.queueWait(), isOwnLogin),
                                        failure)))
                .compose(leased -> fly(context, leased, read, sink))
                .map(flight -> answer(flight, read, answer))
                .onComplete(_ -> read.budget().close());
    }

    private Future<Flight> fly(
            ContextInternal context, SqlConnection leased, Read read, RowSink sink) {
        String gone = read.signal().reason();
        if (gone != null) {
            return leased.close()
                    .transform(_ ->
                            context.failedFuture(new Problem.QueryCancelled(gone).exception()));
        }
        var session = new Session(vertx, leased, options, keepsStatements);
        var plan = ReadCall.Plan.of(read.who(), read.statement());
        var call = new ReadCall(vertx, session, plan, sink, read.budget());
        return call.run(read.signal(), config.statementTimeout())
                .transform(landed -> context.succeededFuture(landed.result()));
    }

    private <T> T answer(Flight flight, Read read, Function<Flight, T> answer) {
        if (read.budget().overloaded()) {
            throw new Problem.Overloaded(RETRY).exception();
        }
        if (flight.failure() == null || (flight.cut() && flight.guarded())) {
            outages.worked();
            return answer.apply(flight);
        }
        int declared = read.statement().skip() == 0 ? 0 : ReadCall.declaration().length();
        int offset = declared + read.statement().ours();
        throw told(
                TargetFailures.ofStatement(
                        flight, read.signal(), config.statementTimeout(), offset),
                flight.failure());
    }

    /// The one who signs in with a login of its own is told what is wrong with it, so it is no news
    /// for the log.
    private ProblemException told(Problem problem, @Nullable Throwable cause) {
        if (problem instanceof Problem.DatabaseUnavailable && cause != null && !isOwnLogin) {
            outages.failed(cause);
        }
        return cause == null ? problem.exception() : problem.exception(cause);
    }
}
