package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.Column;
import dev.drawbridge.gateway.target.Described;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.Staging;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.Written;
import dev.drawbridge.gateway.target.route.EndpointState;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.function.Function;

/// What a call's last flight means to its caller: an answer, or the problem to be told.
final class Landing {
    /// When an answer or two have gone out.
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final TargetSessions sessions;
    private final OutageLog outages;
    private final boolean isOwnLogin;

    Landing(Target target, TargetSessions sessions) {
        this.sessions = sessions;
        this.outages = new OutageLog(target.connection());
        this.isOwnLogin = target.login() != null;
    }

    /// What is read for whom.
    ///
    /// @param at where
    /// @param budget what the answer may take
    /// @param staging what the session remembers meanwhile
    record Read(
            EndpointState at,
            RowContext who,
            Staging staging,
            Statement statement,
            CancelSignal signal,
            AnswerBudget budget) {}

    /// No session could be had.
    ProblemException failed(Throwable failure) {
        return told(TargetFailures.ofCheckout(failure, isOwnLogin), failure);
    }

    /// What `answer` makes of a flight that brought one.
    ///
    /// @throws ProblemException for any other
    <T> T answer(Flight flight, Read read, Function<Flight, T> answer) {
        if (flight.cut()) {
            read.who().trace().wasCut();
        }
        if (read.budget().overloaded()) {
            throw new Problem.Overloaded(RETRY).exception();
        }
        if (flight.failure() == null || (flight.cut() && flight.guarded())) {
            outages.worked();
            return answer.apply(flight);
        }
        int declared = read.statement().skip() == 0 ? 0 : ReadCourse.declaration().length();
        int offset = declared + read.statement().ours();
        throw told(
                TargetFailures.ofStatement(
                        flight, read.signal(), sessions.timeout(read.who().asker()), offset),
                flight.failure());
    }

    /// What became of a write.
    ///
    /// @throws ProblemException when it was undone for a failure, or may have been
    Written written(
            RowContext who,
            WriteCourse course,
            Flight last,
            RowEncoder encoder,
            CancelSignal signal) {
        WriteCourse.End end = course.end(last);
        Flight opening = course.opening();
        if (end == WriteCourse.End.UNKNOWN) {
            throw told(TargetPool.OUTCOME_UNKNOWN, last.failure());
        }
        if (end == WriteCourse.End.UNDONE && (last.failure() != null || signal.reason() != null)) {
            throw told(
                    TargetFailures.ofWrite(last, signal, sessions.timeout(who.asker())),
                    last.failure());
        }
        outages.worked();
        return new Written(
                encoder.rows(opening.columns(), opening.full()),
                course.affected(),
                course.changed(),
                end == WriteCourse.End.STAYS);
    }

    /// The one who signs in with a login of its own is told what is wrong with it, so it is no news
    /// for the log.
    private ProblemException told(Problem problem, @Nullable Throwable cause) {
        if (problem instanceof Problem.DatabaseUnavailable && cause != null && !isOwnLogin) {
            outages.failed(cause);
        }
        return cause == null ? problem.exception() : problem.exception(cause);
    }

    /// What a server says of a statement.
    static Described description(Flight flight) {
        return new Described(
                flight.parameterTypes().stream().map(oid -> PgType.of(oid).name()).toList(),
                flight.columns().stream()
                        .map(column -> new Column(column.name(), column.type().name()))
                        .toList());
    }
}
