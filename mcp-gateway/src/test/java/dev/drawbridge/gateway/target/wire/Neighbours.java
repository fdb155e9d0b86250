package dev.drawbridge.gateway.target.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.sqlguard.SqlGuard;
import dev.drawbridge.gateway.sqlguard.SqlGuards;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Two callers over the same few sessions: one has nothing but trouble, the other reads its rows
/// meanwhile and must not notice.
final class Neighbours {
    /// Bounds that only a machine at a standstill reaches.
    static final Map<String, String> PATIENT = Map.of("gateway.target.statement-timeout", "15s");

    private static final int OF_EACH_TROUBLE = 100;
    private static final int ROWS = 40;
    private static final String READ =
            """
            select id, owner, body, current_setting('app.owner') from note order by id limit %d
            """
                    .formatted(ROWS);

    private static final String RIGHT =
            IntStream.range(0, ROWS)
                    .map(i -> 2 * i + 1)
                    .mapToObj(id -> "[%d,\"odd\",\"n%d\",\"odd\"]".formatted(id, id))
                    .collect(Collectors.joining(",", "[", "]"));

    private final TargetPool pool;
    private final RowContext anybody;
    private final RowContext troubled;
    private final RowContext healthy;
    private final SqlGuard guard = SqlGuards.on(TargetPoolCase.vertx);
    private final Random random = new Random(20_261_127);
    private final Map<Trouble, Integer> befallen = new EnumMap<>(Trouble.class);
    private final List<Future<EncodedRows>> answers = new ArrayList<>();

    /// @param anybody the context of a caller without an identity
    Neighbours(TargetPool pool, RowContext anybody) {
        this.pool = pool;
        this.anybody = anybody;
        this.troubled = TargetPoolCase.owner(anybody, "even");
        this.healthy = TargetPoolCase.owner(anybody, "odd");
    }

    /// A hundred of each trouble in a random order, and around each some reads of the other.
    void live() throws Exception {
        List<Trouble> troubles = new ArrayList<>();
        for (Trouble trouble : Trouble.values()) {
            troubles.addAll(Collections.nCopies(OF_EACH_TROUBLE, trouble));
        }
        Collections.shuffle(troubles, random);

        for (int i = 0; i < troubles.size(); i++) {
            read();
            befall(troubles.get(i), i);
        }

        for (Future<EncodedRows> answer : answers) {
            assertThat(TargetPoolCase.await(answer).json()).isEqualTo(RIGHT);
        }
        assertThat(befallen).hasSize(Trouble.values().length);
        assertThat(befallen.values()).containsOnly(OF_EACH_TROUBLE);
        assertThat(answers).hasSize(3 * troubles.size());
        assertThat(TargetPoolCase.await(call(anybody, "select count(*) from note")).json())
                .isEqualTo("[[0]]");
    }

    private void read() {
        answers.add(call(healthy, READ));
    }

    private void befall(Trouble trouble, int turn) throws Exception {
        var signal = new CancelSignal();
        if (trouble == Trouble.EARLY_DISCONNECT) {
            signal.cancel("gone");
        }
        String mark = " /* trouble " + turn + " */";
        Future<EncodedRows> call =
                guard.read(trouble.statement(turn) + mark)
                        .compose(sql ->
                                pool.encoded(
                                        trouble == Trouble.TIMEOUT ? hurried() : troubled,
                                        TargetPoolCase.statement(sql.text(), 0, 10_000),
                                        signal));
        read();
        read();
        if (trouble == Trouble.DISCONNECT) {
            awaitSleep(mark, call);
            signal.cancel("gone");
        } else if (trouble == Trouble.LATE_DISCONNECT) {
            TargetPoolCase.vertx.setTimer(1 + random.nextInt(6), _ -> signal.cancel("gone"));
        }
        Problem ended = TargetPoolCase.problemOrNull(call);
        assertThat(trouble.isEnd(ended)).as("%s: %s", trouble, ended).isTrue();
        assertThat(trouble != Trouble.TOO_LARGE || call.result().cut()).as("cut").isTrue();
        befallen.merge(trouble, 1, Integer::sum);
    }

    /// The troubled one with hardly any time.
    private RowContext hurried() {
        return new RowContext(
                troubled.sql() + ", set_config('statement_timeout', '20', true)",
                troubled.values(),
                "{}",
                troubled.asker());
    }

    private Future<EncodedRows> call(RowContext who, String sql) {
        return pool.encoded(who, TargetPoolCase.statement(sql, 0, 100), new CancelSignal());
    }

    /// Until it runs on the server, or ended too soon.
    private static void awaitSleep(String mark, Future<EncodedRows> call) throws Exception {
        while (!call.isComplete() && TargetPoolCase.runningNow(mark) == 0) {
            Thread.onSpinWait();
        }
    }
}
