package dev.drawbridge.gateway.audit;

import dev.drawbridge.audit.AuditChain;
import dev.drawbridge.audit.AuditTrail;
import dev.drawbridge.audit.Context;
import dev.drawbridge.audit.Entry;
import dev.drawbridge.audit.StatementText;
import dev.drawbridge.problem.ProblemDetails;

import io.vertx.core.Future;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// Records tool calls. One that reads is recorded behind its answer, so that it waits for no
/// insert; one that writes is recorded before it runs, and again when it has run.
@Singleton
public final class ToolCallTrail {
    private static final int NANOS_PER_MICRO = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final AuditTrail trail;
    private final Statements statements;

    ToolCallTrail(AuditTrail trail, Statements statements) {
        this.trail = trail;
        this.statements = statements;
    }

    /// Passes when the next record has a place.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `OVERLOADED`
    public void requireRoom() {
        trail.requireRoom();
    }

    /// Records a call that has ended, behind its answer. One that its token's rate forbids costs
    /// nobody anything, so those are counted instead of recorded one by one.
    public void add(ToolCallRecord call, ToolCallRecord.Outcome outcome) {
        if (outcome.outcome().equals("RATE_LIMITED")) {
            addRefusal(call, outcome);
            return;
        }
        String sql = call.sql();
        trail.add(entry(call, outcome, null), sql == null ? 0 : sql.length());
    }

    /// Records a call that was refused before anybody looked at its arguments; those of the same
    /// within a minute as one.
    public void addRefusal(ToolCallRecord call, ToolCallRecord.Outcome outcome) {
        trail.addRefusal(entry(call, outcome, null));
    }

    /// Records a call that is about to write. Send the statement only when this has succeeded.
    ///
    /// @return what its outcome is recorded with; fails with `DATABASE_UNAVAILABLE` when the record
    ///   is not committed within five seconds
    public Future<Intent> begin(ToolCallRecord call) {
        Entry intent =
                new Entry(
                        Instant.now(),
                        context(call),
                        "tool.intent",
                        "tool:" + call.tool(),
                        Entry.PENDING,
                        Entry.trace(ProblemDetails.currentTraceId()),
                        statement(call),
                        null,
                        null);
        return Future.fromCompletionStage(trail.addNow(intent, PATIENCE))
                .map(place -> new Intent(call, place));
    }

    /// A call that is on record and may run. Without an outcome on record, nobody knows what came
    /// of it: its process died.
    public final class Intent {
        private final ToolCallRecord call;
        private final AuditChain.Place place;

        private Intent(ToolCallRecord call, AuditChain.Place place) {
            this.call = call;
            this.place = place;
        }

        /// Records what came of it, behind the answer.
        public void end(ToolCallRecord.Outcome outcome) {
            trail.add(entry(call, outcome, "{\"intent\":\"" + place + "\"}"));
        }
    }

    private Entry entry(
            ToolCallRecord call, ToolCallRecord.Outcome outcome, @Nullable String details) {
        long took = (System.nanoTime() - outcome.started()) / NANOS_PER_MICRO;
        return new Entry(
                Instant.now(),
                context(call),
                "tool.call",
                "tool:" + call.tool(),
                outcome.outcome(),
                Entry.trace(ProblemDetails.currentTraceId()),
                statement(call),
                new Entry.Measure(
                        outcome.rows(), outcome.bytes(), (int) Math.min(Integer.MAX_VALUE, took)),
                details);
    }

    private static Context context(ToolCallRecord call) {
        Reach.Place at = call.reach().place();
        return Context.of(call.caller(), call.client(), at.connection(), at.database(), at.rls());
    }

    private Supplier<Optional<StatementText>> statement(ToolCallRecord call) {
        String sql = call.sql();
        return sql == null ? Optional::empty : () -> statements.of(sql);
    }
}
