package dev.drawbridge.gateway.audit;

import dev.drawbridge.audit.AuditTrail;
import dev.drawbridge.audit.Context;
import dev.drawbridge.audit.Entry;
import dev.drawbridge.audit.StatementText;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;
import io.vertx.core.Promise;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// Records tool calls, reads of resources and uses of prompts. What reads is recorded behind its
/// answer, so that it waits for no insert; a call that writes is recorded before it runs, and again
/// when it has run.
@Singleton
public final class ToolCallTrail {
    private static final String UNSEEN = new Problem.NotFound("", "").code();
    private static final String RATE_LIMITED = "RATE_LIMITED";
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
        if (outcome.outcome().equals(RATE_LIMITED)) {
            trail.addRefusal(entry(call, outcome));
            return;
        }
        String sql = call.sql();
        trail.add(entry(call, outcome), sql == null ? 0 : sql.length());
    }

    /// Records a read of a resource or a use of a prompt that has ended, behind its answer.
    public void add(FeatureUse use, ToolCallRecord.Outcome outcome) {
        if (outcome.outcome().equals(RATE_LIMITED)) {
            trail.addRefusal(entry(use, outcome.outcome(), null));
            return;
        }
        trail.add(entry(use, outcome.outcome(), outcome.measure()));
    }

    /// Records what is not there for its caller, as refusals are: of the same within a minute the
    /// first, and how many more there were.
    public void addUnseen(FeatureUse use) {
        trail.addRefusal(entry(use, UNSEEN, null));
    }

    private static Entry entry(FeatureUse use, String outcome, Entry.@Nullable Measure measure) {
        return new Entry(
                Instant.now(),
                context(use.caller(), use.client(), use.reach()),
                use.action().text(),
                use.object(),
                outcome,
                use.reach().trace(),
                Optional::empty,
                measure,
                null);
    }

    /// Records a call that is about to write, an *intent*. Send the statement only when this has
    /// succeeded. The record of what came of it names this one; without that, nobody knows: its
    /// process died.
    ///
    /// @return fails with `DATABASE_UNAVAILABLE` when the record is not committed within five
    ///   seconds
    public Future<Void> begin(ToolCallRecord call) {
        Entry intent =
                new Entry(
                        Instant.now(),
                        context(call),
                        GatewayAction.TOOL_INTENT.text(),
                        "tool:" + call.tool(),
                        Entry.PENDING,
                        call.reach().trace(),
                        statement(call),
                        null,
                        call.reach().details());
        Promise<Void> begun = Promise.promise();
        var _ =
                trail.addNow(intent, PATIENCE)
                        .whenComplete((place, failure) -> {
                            if (place == null) {
                                begun.fail(
                                        failure instanceof CompletionException
                                                ? failure.getCause()
                                                : failure);
                            } else {
                                call.reach().note("intent", place.toString());
                                begun.complete();
                            }
                        });
        return begun.future();
    }

    private Entry entry(ToolCallRecord call, ToolCallRecord.Outcome outcome) {
        return new Entry(
                Instant.now(),
                context(call),
                GatewayAction.TOOL_CALL.text(),
                "tool:" + call.tool(),
                outcome.outcome(),
                call.reach().trace(),
                statement(call),
                outcome.measure(),
                call.reach().details());
    }

    private static Context context(ToolCallRecord call) {
        return context(call.caller(), call.client(), call.reach());
    }

    private static Context context(Caller caller, @Nullable String client, Reach reach) {
        Reach.Place at = reach.place();
        return Context.of(caller, client, at.connection(), at.database(), at.rls());
    }

    private Supplier<Optional<StatementText>> statement(ToolCallRecord call) {
        String sql = call.sql();
        return sql == null ? Optional::empty : () -> statements.of(sql);
    }
}
