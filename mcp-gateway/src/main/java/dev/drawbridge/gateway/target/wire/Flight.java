package dev.drawbridge.gateway.target.wire;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// One guarded transaction on its way: what was sent with one Sync, how far the server has come
/// with it, and what went wrong. Lives on the session's event loop.
///
/// The server skips everything behind a failure until the Sync. So no statement runs unless BEGIN
/// and the prologue before it have succeeded, and after a failure the ROLLBACK is still to be sent.
final class Flight {
    private static final String BEGIN = "BEGIN TRANSACTION READ ONLY";
    static final String ROLLBACK = "ROLLBACK";
    private static final byte IDLE = 'I';

    private final List<Step> steps;
    private final int asked;
    private final RowSink sink;
    private final AnswerBudget budget;
    private final Runnable landed;
    private final List<Prepared> prepared = new ArrayList<>();
    private final BitSet fresh = new BitSet();
    private List<DataRow.ColumnType> columns = List.of();
    private int at;
    private boolean parsed;
    private boolean bound;
    private boolean rollingBack;
    private boolean over;
    private boolean cut;
    private @Nullable Throwable failure;

    /// A statement with its parameters.
    ///
    /// @param parameters JSON values
    /// @param types of the parameters, where they are known already; else empty
    /// @param fetch rows to hand out at most; 0 for all
    /// @param kept whether the text means the same in every transaction, so that it may be prepared
    record Step(
            String sql,
            List<@Nullable Object> parameters,
            List<Integer> types,
            int fetch,
            boolean kept) {
        static Step of(String sql, List<@Nullable Object> parameters, int fetch) {
            return new Step(sql, parameters, List.of(), fetch, true);
        }

        /// Not to be kept: what it means depends on a cursor of the transaction.
        static Step once(String sql, List<@Nullable Object> parameters) {
            return new Step(sql, parameters, List.of(), 0, false);
        }

        Step typed(List<Integer> described) {
            return new Step(sql, parameters, described, fetch, kept);
        }
    }

    /// @param between BEGIN and ROLLBACK, in order; the rows of the last one go to the sink
    /// @param asked which of these is the caller's, with the caller's parameters
    /// @param budget what the database may send
    /// @param landed runs once, when the server is ready again or the session is lost
    Flight(List<Step> between, int asked, RowSink sink, AnswerBudget budget, Runnable landed) {
        this.steps = new ArrayList<>(between.size() + 2);
        steps.add(Step.of(BEGIN, List.of(), 0));
        steps.addAll(between);
        steps.add(Step.of(ROLLBACK, List.of(), 0));
        this.asked = asked + 1;
        this.sink = sink;
        this.budget = budget;
        this.landed = landed;
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
            List<Integer> types = !step.types().isEmpty() ? step.types() : known.parameterTypes();
            out.bind(known.name(), TextParameters.of(step.parameters(), types));
            out.execute(step.fetch());
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
        prepared.get(at).columns(described);
    }

    void bindComplete() {
        bound = true;
        if (isLast()) {
            columns = prepared.get(at).columns();
        }
    }

    /// Counts bytes that the server sent. Beyond the budget the flight is cut.
    void received(int bytes) {
        cut |= !budget.receive(bytes);
    }

    void row(DataRow row, ByteBuf message, int length) {
        if (isLast()) {
            row.read(columns, message, length);
            cut |= !sink.accept(row);
        } else {
            message.skipBytes(length);
        }
    }

    void stepComplete() {
        if (!rollingBack) {
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
        if (status == IDLE || rollingBack) {
            return false;
        }
        rollingBack = true;
        return true;
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
        return cut;
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
        return at >= steps.size() - 2;
    }

    /// Whether the transaction is known to be over, and the session free.
    boolean ended() {
        return over;
    }

    /// The statement's columns, empty when it did not come so far.
    List<DataRow.ColumnType> columns() {
        return columns;
    }

    private boolean isLast() {
        return at == steps.size() - 2;
    }
}
