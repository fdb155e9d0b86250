package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.pool.Asker;
import dev.drawbridge.gateway.target.AnswerRoom;
import dev.drawbridge.gateway.target.CallTrace;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.Described;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.Staging;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.TargetConfig;
import dev.drawbridge.gateway.target.WriteStatement;
import dev.drawbridge.gateway.target.Written;
import dev.drawbridge.gateway.target.route.EndpointState;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.future.PromiseInternal;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongPredicate;

/// The sessions on one database of one connection. Every read is guarded in the same way, and so is
/// every write; there is no other way to a session.
public final class TargetPool {
    /// What [#values] fails with when there is more than one answer may hold. Who asked for it can
    /// say better what to ask for instead.
    public static final Problem TOO_LONG =
            new Problem.Invalid("answer", "is longer than one may be; ask for less");

    /// What [#write] fails with when the session was lost after COMMIT had been sent.
    public static final Problem OUTCOME_UNKNOWN =
            new Problem.DatabaseUnavailable(
                    "The session was lost while the change was being committed: whether it was is"
                            + " not known. Look at the rows before you send it again.");

    private final VertxInternal vertx;
    private final TargetSessions sessions;
    private final Routing routing;
    private final TargetConfig config;
    private final AnswerRoom room;
    private final Landing landing;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile long lastUsed = System.nanoTime();

    TargetPool(
            Vertx vertx,
            TargetSessions sessions,
            Routing routing,
            TargetConfig config,
            AnswerRoom room,
            Target target) {
        this.vertx = (VertxInternal) vertx;
        this.sessions = sessions;
        this.routing = routing;
        this.config = config;
        this.room = room;
        this.landing = new Landing(target, sessions);
    }

    /// Reads rows in the forms in which tools answer.
    ///
    /// @return fails with the problem that the caller should see
    public Future<EncodedRows> encoded(RowContext who, Statement statement, CancelSignal signal) {
        return persistently(
                who,
                signal,
                at -> {
                    var budget = budget();
                    var encoder = new RowEncoder(statement.limit(), statement.bytes(), budget);
                    return read(
                            new Landing.Read(at, who, Staging.NONE, statement, signal, budget),
                            encoder,
                            flight -> encoder.rows(flight.columns(), flight.cut()));
                });
    }

    /// Reads rows of a statement of our own: each value a Boolean, Long, String, what Vert.x makes
    /// of JSON, or a list of those, in the order of the columns. An answer beyond the byte budget
    /// is [#TOO_LONG]: half a catalog would be a wrong one.
    public Future<List<List<@Nullable Object>>> values(
            RowContext who, Statement statement, CancelSignal signal) {
        return values(who, Staging.NONE, statement, signal);
    }

    /// The same, with what the session is to remember meanwhile; the rows of what sets that up come
    /// first.
    ///
    /// @param statement of one page
    public Future<List<List<@Nullable Object>>> values(
            RowContext who, Staging staging, Statement statement, CancelSignal signal) {
        return persistently(
                who,
                signal,
                at -> values(new Landing.Read(at, who, staging, statement, signal, budget())));
    }

    /// Values from one endpoint, whatever is known of it, for the gateway itself.
    Future<List<List<@Nullable Object>>> look(
            EndpointState at, RowContext who, Statement statement) {
        return values(
                new Landing.Read(at, who, Staging.NONE, statement, new CancelSignal(), budget()));
    }

    private Future<List<List<@Nullable Object>>> values(Landing.Read read) {
        var reader = new ValueReader();
        return read(
                read,
                reader,
                flight -> {
                    if (flight.cut()) {
                        throw TOO_LONG.exception();
                    }
                    return reader.rows();
                });
    }

    /// What the server says of a statement without running it.
    ///
    /// @return fails with the problem that whoever wrote the statement should see
    public Future<Described> described(RowContext who, String sql, CancelSignal signal) {
        var statement = new Statement(sql, List.of(), 0, 0);
        return persistently(
                who,
                signal,
                at -> {
                    var read = new Landing.Read(at, who, Staging.NONE, statement, signal, budget());
                    return call(
                            at,
                            who,
                            new DescribeCourse(who, sql, read.budget()),
                            signal,
                            read.budget(),
                            flight -> landing.answer(flight, read, Landing::description));
                });
    }

    /// Runs a statement that writes, in a transaction of its own.
    ///
    /// @param mayStay whether so many changed rows may be committed; else all is undone
    /// @return fails with the problem that the caller should see, [#OUTCOME_UNKNOWN] among them;
    ///   otherwise with any problem nothing was changed
    public Future<Written> write(
            RowContext who, WriteStatement statement, LongPredicate mayStay, CancelSignal signal) {
        return routing.write(
                who.asker(),
                at -> {
                    var budget = budget();
                    var encoder = new RowEncoder(statement.limit(), 0, budget);
                    var marked = statement.followedBy(comment(who, at));
                    var course = new WriteCourse(who, marked, mayStay, encoder, budget);
                    return call(
                            at,
                            who,
                            course,
                            signal,
                            budget,
                            last -> landing.written(who, course, last, encoder, signal));
                });
    }

    /// Closes all sessions; those in use end with their call.
    public void close() {
        sessions.close();
    }

    boolean isClosed() {
        return sessions.isClosed();
    }

    /// Gives up what nobody has used for long.
    void sweep() {
        sessions.sweep();
    }

    /// Notes that somebody is about to read.
    void touch() {
        lastUsed = System.nanoTime();
    }

    boolean isBusy() {
        return underWay.get() > 0;
    }

    /// Since when nobody reads, or was about to.
    Duration unusedFor() {
        return Duration.ofNanos(System.nanoTime() - lastUsed);
    }

    private AnswerBudget budget() {
        return new AnswerBudget(room.share(), config.answerBytes());
    }

    private <T> Future<T> persistently(
            RowContext who, CancelSignal signal, Function<EndpointState, Future<T>> attempt) {
        return routing.read(who.asker(), sessions.patience(who.asker()), signal, attempt);
    }

    private <T> Future<T> read(Landing.Read read, RowSink sink, Function<Flight, T> answer) {
        RowContext who = read.who();
        Statement marked = read.statement().followedBy(comment(who, read.at()));
        var course = new ReadCourse(who, read.staging(), marked, sink, read.budget());
        return call(
                read.at(),
                who,
                course,
                read.signal(),
                read.budget(),
                flight -> landing.answer(flight, read, answer));
    }

    /// Where statements are kept, their texts stay the same from call to call.
    private static String comment(RowContext who, EndpointState at) {
        return at.endpoint().keepsStatements() ? "" : who.trace().comment();
    }

    /// What is not done on the caller's event loop is done on the session's: a call that waited
    /// departs from there as soon as the call before it has landed.
    private <T> Future<T> call(
            EndpointState at,
            RowContext who,
            Course course,
            CancelSignal signal,
            AnswerBudget budget,
            Function<Flight, T> answer) {
        ContextInternal context = vertx.getOrCreateContext();
        underWay.incrementAndGet();
        PromiseInternal<Flight> landed = context.promise();
        sessions.of(who.asker(), at)
                .lease(who.asker(), context.nettyEventLoop(), signal)
                .compose(lease -> fly(who.trace(), lease, course, signal))
                .onComplete(landed);
        return landed.future()
                .recover(failure -> context.failedFuture(landing.failed(failure)))
                .map(flight -> {
                    routing.landed(at, flight.failure());
                    return answer.apply(flight);
                })
                .onComplete(_ -> ended(who, budget));
    }

    /// What the gateway asks by itself is no use.
    private void ended(RowContext who, AnswerBudget budget) {
        budget.close();
        if (!who.asker().equals(Asker.GATEWAY)) {
            touch();
        }
        underWay.decrementAndGet();
    }

    private Future<Flight> fly(CallTrace trace, Lease lease, Course course, CancelSignal signal) {
        String gone = signal.reason();
        if (gone != null) {
            lease.release();
            return Future.failedFuture(new Problem.QueryCancelled(gone).exception());
        }
        long began = System.nanoTime();
        return new SessionCall(vertx, lease, course, sessions.timeout(lease.asker()))
                .run(signal)
                .onComplete(_ -> trace.worked(System.nanoTime() - began));
    }
}
