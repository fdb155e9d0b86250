package dev.drawbridge.gateway.target.wire;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// A guarded transaction on its way, or a part of one: what was sent with one Sync, how far the
/// server has come with it, and what went wrong. Lives on the session's event loop.
///
/// The server skips everything behind a failure until the Sync. So no statement runs unless BEGIN
/// and the prologue before it have succeeded, and after a failure the ROLLBACK is still to be sent.
final class Flight {
    private static final String BEGIN = "BEGIN TRANSACTION READ ONLY";
    static final String ROLLBACK = "ROLLBACK";
    private static final byte IDLE = 'I';
    private static final byte OPEN = 'T';

    private final List<Step> steps;
    private final int asked;
    private final int shown;
    private final boolean reads;
    private final String undo;
    private final AnswerBudget budget;
    private final Runnable landed;
    private final List<Prepared> prepared = new ArrayList<>();
    private final BitSet fresh = new BitSet();
    private final List<String> tags = new ArrayList<>();
    private List<DataRow.ColumnType> columns = List.of();
    private int at;
    private boolean parsed;
    private boolean bound;
    private boolean rollingBack;
    private boolean over;
    private boolean open;
    private boolean full;
    private @Nullable Throwable failure;

    /// A whole transaction that reads. What is more than the sink or the budget takes is cut off,
    /// and the session with it.
    ///
    /// @param between BEGIN and ROLLBACK, in order; the rows of the last one go to the sink
    /// @param asked which of these is the caller's, with the caller's parameters
    /// @param budget what the database may send
    /// @param landed runs once, when the server is ready again or the session is lost
    Flight(List<Step> between, int asked, RowSink sink, AnswerBudget budget, Runnable landed) {
        this(
                guarded(between, between.size() - 1, sink),
                asked + 1,
                between.size(),
                true,
                ROLLBACK,
                budget,
                landed);
    }

    private Flight(
            List<Step> steps,
            int asked,
            int shown,
            boolean reads,
            String undo,
            AnswerBudget budget,
            Runnable landed) {
        this.steps = steps;
        this.asked = asked;
        this.shown = shown;
        this.reads = reads;
        this.undo = undo;
        this.budget = budget;
        this.landed = landed;
    }

    /// A part of a transaction that writes. After a failure it ends with a ROLLBACK, otherwise as
    /// its steps say. Rows that are more than the sink or the budget takes are dropped as they
    /// arrive, for what is written must be whole.
    ///
    /// @param asked which of the steps is the caller's, if any; else -1
    static Flight ofWrite(List<Step> steps, int asked, AnswerBudget budget, Runnable landed) {
        return new Flight(steps, asked, asked, false, ROLLBACK, budget, landed);
    }

    /// A whole transaction that reads, of which something has to be undone that a ROLLBACK leaves.
    ///
    /// @param between BEGIN and ROLLBACK, in order; the rows of `asked` go to the sink
    /// @param asked which of these is the caller's
    /// @param undo what ends the transaction after a failure, instead of ROLLBACK
    static Flight staged(
            List<Step> between,
            int asked,
            String undo,
            RowSink sink,
            AnswerBudget budget,
            Runnable landed) {
        return new Flight(
                guarded(between, asked, sink), asked + 1, asked + 1, true, undo, budget, landed);
    }

    private static List<Step> guarded(List<Step> between, int shown, RowSink sink) {
        List<Step> steps = new ArrayList<>(between.size() + 2);
        steps.add(Step.of(BEGIN));
        steps.addAll(between);
        steps.add(Step.of(ROLLBACK));
        steps.set(shown + 1, between.get(shown).into(sink));
        return steps;
    }

    /// Writes it all.
    void write(Frontend out, PreparedStatements statements) {
        statements.takeEvicted().forEach(out::close);
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            Prepared known = step.kept() ? statements.find(step.sql()) : null;
            if (known == null) {
                known = step.kept() ? statements.draft(step.sql()) : new Prepared(Prepared.UNNAMED);
                fresh.set(i);
                out.parse(known.name(), step.sql());
                out.describe(known.name());
            }
            prepared.add(known);
            if (!step.runs()) {
                continue;
            }
            List<Integer> types = !step.types().isEmpty() ? step.types() : known.parameterTypes();
            out.bind(step.portal(), known.name(), TextParameters.of(step.parameters(), types));
            out.execute(step.portal(), step.fetch());
        }
        out.sync();
    }

    void parseComplete(PreparedStatements statements) {
        parsed = true;
        statements.add(steps.get(at).sql(), prepared.get(at));
    }

    void parametersDescribed(List<Integer> types) {
        prepared.get(at).parameterTypes(types);
    }

    void rowsDescribed(List<DataRow.ColumnType> described) {
        if (!rollingBack) {
            prepared.get(at).columns(described);
            described();
        }
    }

    /// The statement has been described; where it has no rows, as that alone.
    void described() {
        if (!rollingBack && !steps.get(at).runs()) {
            stepComplete("");
        }
    }

    void bindComplete() {
        bound = true;
        if (steps.get(at).sink() != null) {
            columns = prepared.get(at).columns();
        }
    }

    /// Counts bytes that the server sent.
    void received(int bytes) {
        full |= !budget.receive(bytes);
    }

    void row(DataRow row, ByteBuf message, int length) {
        RowSink sink = rollingBack ? null : steps.get(at).sink();
        if (sink == null || (full && at == shown)) {
            message.skipBytes(length);
        } else {
            row.read(columns, message, length);
            full |= !sink.accept(row);
        }
    }

    /// Whether a row that is on its way is not to be held, not even once.
    ///
    /// @param bytes that it will have
    boolean drops(int bytes) {
        boolean drops = !reads && at == shown && (full || bytes > budget.most());
        full |= drops;
        return drops;
    }

    /// @param tag what the server says that it has done; empty for a part of its rows
    void stepComplete(String tag) {
        if (!rollingBack) {
            if (!reads) {
                tags.add(tag);
            }
            at++;
            parsed = false;
            bound = false;
        }
    }

    void failed(ServerError error, PreparedStatements statements) {
        if (failure == null) {
            failure = error;
            if (at < steps.size()) { // Else the server ends the session behind the last answer.
                statements.forget(steps.get(at).sql());
            }
        }
    }

    /// The server is ready for more.
    ///
    /// @param status of the transaction: `I` idle, `T` open, `E` failed
    /// @return whether a ROLLBACK is to be sent, which happens once
    boolean needsRollback(byte status) {
        open = status == OPEN && failure == null && !reads;
        if (status == IDLE || rollingBack || open) {
            return false;
        }
        rollingBack = true;
        return true;
    }

    /// What ends the transaction then.
    String undo() {
        return undo;
    }

    void landed(byte status) {
        over = status == IDLE;
        landed.run();
    }

    /// The session is gone.
    void lost(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
        landed.run();
    }

    /// Why nothing may be handed out; null when every step succeeded.
    @Nullable Throwable failure() {
        return failure;
    }

    /// Whether the byte budget ended the answer; the session ends with it.
    boolean cut() {
        return full && reads;
    }

    /// Whether it is a whole transaction that reads.
    boolean reads() {
        return reads;
    }

    /// Whether there was more than the answer takes.
    boolean full() {
        return full;
    }

    /// Whether it has left its transaction open, as it should.
    boolean open() {
        return open;
    }

    /// What the server said that it has done, step by step; empty for a part of a step's rows.
    List<String> tags() {
        return tags;
    }

    /// Whether the failure came before the caller's statement ran, from reading its parameters.
    boolean failedToBind() {
        return at == asked && !bound && (parsed || !fresh.get(at));
    }

    boolean hasParameters() {
        return !steps.get(asked).parameters().isEmpty();
    }

    /// The types of the caller's parameters; empty when the server did not say them.
    List<Integer> parameterTypes() {
        return prepared.get(asked).parameterTypes();
    }

    /// Whether the rows so far were read in a transaction and a context that are known to hold.
    boolean guarded() {
        return at >= shown;
    }

    /// Whether the transaction is known to be over, and the session free.
    boolean ended() {
        return over;
    }

    /// The statement's columns, empty when the server did not say them.
    List<DataRow.ColumnType> columns() {
        return prepared.get(shown).columns();
    }
}
