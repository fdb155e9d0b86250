package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.WriteStatement;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongPredicate;

/// A write: a flight with the statement, which leaves its transaction open, and one that ends it
/// and all that the session may remember of it. What is known in between decides how it ends.
final class WriteCourse implements Course {
    private static final String BEGIN = "BEGIN TRANSACTION READ WRITE";
    private static final String COMMIT = "COMMIT";

    /// What COMMIT would do, but within the statement's time, counted, and in a dry run too.
    private static final String NOW = "SET CONSTRAINTS ALL IMMEDIATE";

    private static final String PORTAL = "drawbridge_write";

    /// The portal of a statement that writes has done all its work when it hands out its first row
    /// (PORTAL_ONE_RETURNING, PORTAL_ONE_MOD_WITH in PostgreSQL's pquery.c). What is left in it is
    /// counted without being sent.
    private static final String REST = "MOVE FORWARD ALL IN " + PORTAL;

    /// Rows changed in all tables, by the server's counters of this transaction. They go on from
    /// what the session has not reported yet, so they are read before and after.
    private static final String COUNT =
            """
            select coalesce(sum(pg_catalog.pg_stat_get_xact_tuples_inserted(oid)
                                + pg_catalog.pg_stat_get_xact_tuples_updated(oid)
                                + pg_catalog.pg_stat_get_xact_tuples_deleted(oid)), 0)::bigint
              from pg_catalog.pg_class
             where relkind = 'r' and oid >= 16384
            """;

    /// What a ROLLBACK would have taken back, and a COMMIT keeps: a trigger or a function may have
    /// set, locked or listened to something. In the flight of the COMMIT, so that it reaches the
    /// same session of the server behind any pooler. Not DISCARD ALL, which would take prepared
    /// statements with it that a pooler believes to be there.
    private static final List<Step> FORGET =
            List.of(
                    Step.of("SET SESSION AUTHORIZATION DEFAULT"),
                    Step.of("RESET ALL"),
                    Step.of("CLOSE ALL"),
                    Step.of("UNLISTEN *"),
                    Step.of("DISCARD TEMP"),
                    Step.of("DISCARD SEQUENCES"),
                    Step.of("select pg_catalog.pg_advisory_unlock_all()"));

    private static final int BEGUN = 3;

    private final RowContext who;
    private final WriteStatement statement;
    private final LongPredicate mayStay;
    private final RowSink rows;
    private final AnswerBudget budget;
    private final ValueReader counts = new ValueReader();
    private List<Integer> types = List.of();
    private boolean again;
    private boolean commits;
    private long affected;
    private long changed;
    private @Nullable Flight opening;
    private @Nullable Flight ending;

    /// @param mayStay whether so many changed rows may be committed
    /// @param budget what the answer may take
    WriteCourse(
            RowContext who,
            WriteStatement statement,
            LongPredicate mayStay,
            RowSink rows,
            AnswerBudget budget) {
        this.who = who;
        this.statement = statement;
        this.mayStay = mayStay;
        this.rows = rows;
        this.budget = budget;
    }

    /// How a write has ended.
    enum End {
        STAYS,
        UNDONE,
        /// The session was lost while it was being committed.
        UNKNOWN
    }

    @Override
    public Flight first(Runnable landed) {
        List<Step> steps = new ArrayList<>();
        steps.add(Step.of(BEGIN));
        steps.add(Step.of(who.sql(), who.parameters(), 0));
        steps.add(Step.of(COUNT).into(counts));
        int fetch = statement.hasRows() ? statement.limit() + 1 : 0;
        steps.add(
                new Step(
                        statement.sql(),
                        statement.parameters(),
                        types,
                        fetch,
                        true,
                        PORTAL,
                        rows,
                        true));
        if (statement.hasRows()) {
            steps.add(Step.once(REST, List.of()));
        }
        steps.add(Step.of(NOW));
        steps.add(Step.of(COUNT).into(counts));
        Flight flight = Flight.ofWrite(List.copyOf(steps), BEGUN, budget, landed);
        opening = flight;
        return flight;
    }

    @Override
    public @Nullable Flight next(Flight before, boolean cancelled, Runnable landed) {
        if (ending != null) {
            return null;
        }
        if (!before.open()) {
            return mayFlyAgain(before, cancelled) ? flyAgain(before, landed) : null;
        }
        count(before.tags());
        commits = !cancelled && !statement.dryRun() && mayStay.test(changed);
        Flight flight = Flight.ofWrite(end(), -1, budget, landed);
        ending = flight;
        return flight;
    }

    private List<Step> end() {
        List<Step> steps = new ArrayList<>();
        steps.add(Step.of(commits ? COMMIT : Flight.ROLLBACK));
        steps.addAll(FORGET);
        return List.copyOf(steps);
    }

    private void count(List<String> tags) {
        long before = number(counts.rows().getFirst());
        long after = number(counts.rows().getLast());
        long handed = statement.limit() + 1L;
        String tag = tags.get(BEGUN);
        affected = tag.isEmpty() ? handed + count(tags.get(BEGUN + 1)) : count(tag);
        if (statement.isQuery()) {
            affected = Math.max(0, after - before);
        }
        changed = Math.max(affected, after - before);
    }

    private static long number(List<@Nullable Object> row) {
        return row.getFirst() instanceof Long number ? number : 0;
    }

    /// The number at the end of a tag: `INSERT 0 5`, `UPDATE 3`; 0 without one.
    private static long count(String tag) {
        String last = tag.substring(tag.lastIndexOf(' ') + 1);
        return last.chars().allMatch(Character::isDigit) && !last.isEmpty()
                ? Long.parseLong(last)
                : 0;
    }

    /// Once, when nothing has run.
    private boolean mayFlyAgain(Flight before, boolean cancelled) {
        boolean retyped = before.failedToBind() && TextParameters.ambiguous(statement.parameters());
        return !again
                && !cancelled
                && before.ended()
                && (retyped || TargetFailures.isOutdatedPlan(before.failure()));
    }

    private Flight flyAgain(Flight before, Runnable landed) {
        again = true;
        types = before.parameterTypes();
        counts.rows().clear();
        return first(landed);
    }

    @Override
    public boolean mayBeStopped() {
        return ending == null || !commits;
    }

    @Override
    public boolean leavesNothing(Flight last) {
        return ending != null && last.ended() && last.failure() == null;
    }

    End end(Flight last) {
        if (!commits || ending == null) {
            return End.UNDONE;
        }
        if (last.tags().contains(COMMIT)) {
            return End.STAYS;
        }
        return last.ended() ? End.UNDONE : End.UNKNOWN;
    }

    /// The flight of the statement.
    Flight opening() {
        return Objects.requireNonNull(opening);
    }

    long affected() {
        return affected;
    }

    /// At least `affected`.
    long changed() {
        return changed;
    }
}
