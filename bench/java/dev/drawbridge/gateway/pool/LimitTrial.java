package dev.drawbridge.gateway.pool;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.FixedLimit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limit.VegasLimit;
import com.netflix.concurrency.limits.limit.WindowedLimit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/// Prints as JSON what a crowd without pause leaves to somebody who asks now and then and goes
/// before it, when an algorithm of concurrency-limits decides how many statements run on a database
/// at once. Arguments: URL, login, limit, seconds, the statement of the first, those of the crowd.
public final class LimitTrial {
    private static final int SESSIONS = 16;
    private static final int CROWD = 64;
    private static final int PER_SECOND = 10;
    private static final int LEAST = 2;

    private final Queue<Connection> sessions = new ConcurrentLinkedQueue<>();
    private final Queue<Double> latencies = new ConcurrentLinkedQueue<>();
    private final AtomicLong served = new AtomicLong();
    private final Limit limit;
    private final long end;
    private int running;
    private int first;

    private LimitTrial(Limit limit, long end) {
        this.limit = limit;
        this.end = end;
    }

    public static void main(String[] arguments) throws SQLException, InterruptedException {
        long nanos = Long.parseLong(arguments[3]) * 1_000_000_000L;
        var trial = new LimitTrial(limit(arguments[2]), System.nanoTime() + nanos);
        for (int i = 0; i < SESSIONS; i++) {
            var session =
                    DriverManager.getConnection(
                            arguments[0], arguments[1], System.getenv("PGPASSWORD"));
            trial.sessions.add(session);
        }
        trial.run(arguments[4], List.of(arguments).subList(5, arguments.length));
    }

    private static Limit limit(String name) {
        return switch (name) {
            case "gradient" ->
                    WindowedLimit.newBuilder()
                            .build(
                                    Gradient2Limit.newBuilder()
                                            .initialLimit(SESSIONS)
                                            .minLimit(LEAST)
                                            .maxConcurrency(SESSIONS)
                                            .build());
            case "vegas" ->
                    WindowedLimit.newBuilder()
                            .build(
                                    VegasLimit.newBuilder()
                                            .initialLimit(SESSIONS)
                                            .maxConcurrency(SESSIONS)
                                            .build());
            default -> FixedLimit.of(Integer.parseInt(name));
        };
    }

    private void run(String statement, List<String> crowded) throws InterruptedException {
        List<Thread> crowd = new ArrayList<>();
        int callers = crowded.isEmpty() ? 0 : CROWD;
        for (int i = 0; i < callers; i++) {
            String sql = crowded.get(i % crowded.size());
            crowd.add(Thread.ofVirtual().start(() -> repeat(sql)));
        }
        var limits = new ArrayList<Integer>();
        long began = System.nanoTime();
        for (long turn = 0; ; turn++) {
            long due = began + turn * 1_000_000_000L / PER_SECOND;
            if (due >= end) {
                break;
            }
            Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
            limits.add(Math.min(SESSIONS, limit.getLimit()));
            crowd.add(Thread.ofVirtual().start(() -> once(statement, due)));
        }
        for (Thread caller : crowd) {
            caller.join();
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        List<Double> sorted = latencies.stream().sorted().toList();
        System.out.printf(
                "{\"perSecond\":%.1f,\"p50\":%.1f,\"p95\":%.1f,\"limit\":%.1f,\"last\":%d}%n",
                served.get() / seconds,
                sorted.get(sorted.size() / 2),
                sorted.get((int) (sorted.size() * 0.95)),
                limits.stream().mapToInt(it -> it).average().orElse(0),
                limits.getLast());
    }

    private void repeat(String sql) {
        while (System.nanoTime() < end) {
            call(sql, false);
            served.incrementAndGet();
        }
    }

    private void once(String sql, long due) {
        call(sql, true);
        latencies.add((System.nanoTime() - due) / 1e6);
    }

    private void call(String sql, boolean goesFirst) {
        int beside = enter(goesFirst);
        long began = System.nanoTime();
        Connection session = sessions.remove();
        try (var statement = session.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        } finally {
            sessions.add(session);
            leave();
            limit.onSample(began, System.nanoTime() - began, beside, false);
        }
    }

    private synchronized int enter(boolean goesFirst) {
        first += goesFirst ? 1 : 0;
        try {
            while (running >= Math.min(SESSIONS, limit.getLimit()) || (!goesFirst && first > 0)) {
                wait();
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        first -= goesFirst ? 1 : 0;
        return ++running;
    }

    private synchronized void leave() {
        running--;
        notifyAll();
    }
}
