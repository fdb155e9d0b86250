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
/// before it, when an algorithm decides how many statements run on a database at once. It begins
/// with a quiet time, in which there is one caller for each statement. Arguments: URL, login,
/// limit, seconds, the statement of the first, those of the crowd.
public final class LimitTrial {
    private static final int SESSIONS = 16;
    private static final int CROWD = 64;
    private static final int PER_SECOND = 10;
    private static final int LEAST = 2;
    private static final long QUIET_NANOS = 3_000_000_000L;

    private final Queue<Connection> sessions = new ConcurrentLinkedQueue<>();
    private final Queue<Double> latencies = new ConcurrentLinkedQueue<>();
    private final AtomicLong served = new AtomicLong();
    private final Limit limit;
    private final long quietEnd = System.nanoTime() + QUIET_NANOS;
    private final long end;
    private int running;
    private int first;

    private LimitTrial(Limit limit, long nanos) {
        this.limit = limit;
        this.end = quietEnd + nanos;
    }

    public static void main(String[] arguments) throws SQLException, InterruptedException {
        long nanos = Long.parseLong(arguments[3]) * 1_000_000_000L;
        var trial = new LimitTrial(limit(arguments[2]), nanos);
        for (int i = 0; i < SESSIONS; i++) {
            var session =
                    DriverManager.getConnection(
                            arguments[0], arguments[1], System.getenv("PGPASSWORD"));
            trial.sessions.add(session);
        }
        trial.run(arguments[4], List.of(arguments).subList(5, arguments.length));
    }

    /// A number, or the name of an algorithm and the number that it begins with.
    private static Limit limit(String name) {
        String[] words = name.split(" ", 2);
        int begin = Integer.parseInt(words[words.length - 1]);
        return switch (words[0]) {
            case "gradient" -> windowed(gradient(begin));
            case "vegas" -> windowed(vegas(begin));
            case "repeated" -> new RepeatedLimit(begin, LEAST);
            default -> FixedLimit.of(begin);
        };
    }

    private static Limit gradient(int begin) {
        return Gradient2Limit.newBuilder()
                .initialLimit(begin)
                .minLimit(LEAST)
                .maxConcurrency(SESSIONS)
                .build();
    }

    private static Limit vegas(int begin) {
        return VegasLimit.newBuilder().initialLimit(begin).maxConcurrency(SESSIONS).build();
    }

    private static Limit windowed(Limit limit) {
        return WindowedLimit.newBuilder().build(limit);
    }

    private void run(String statement, List<String> crowded) throws InterruptedException {
        List<Thread> crowd = new ArrayList<>();
        int callers = crowded.isEmpty() ? 0 : CROWD;
        int quiet = crowded.size();
        for (int i = 0; i < callers; i++) {
            String sql = crowded.get(i % crowded.size());
            long start = i < quiet ? 0 : quietEnd;
            crowd.add(Thread.ofVirtual().start(() -> repeat(sql, start)));
        }
        var limits = new ArrayList<Integer>();
        long began = System.nanoTime();
        for (long turn = 0; ; turn++) {
            long due = began + turn * 1_000_000_000L / PER_SECOND;
            if (due >= end) {
                break;
            }
            Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
            if (due > quietEnd) {
                limits.add(Math.min(SESSIONS, limit.getLimit()));
            }
            crowd.add(Thread.ofVirtual().start(() -> once(statement, due)));
        }
        for (Thread caller : crowd) {
            caller.join();
        }
        double seconds = (System.nanoTime() - quietEnd) / 1e9;
        List<Double> sorted = latencies.stream().sorted().toList();
        System.out.printf(
                "{\"perSecond\":%.1f,\"p50\":%.1f,\"p95\":%.1f,\"limit\":%.1f,\"last\":%d}%n",
                served.get() / seconds,
                sorted.get(sorted.size() / 2),
                sorted.get((int) (sorted.size() * 0.95)),
                limits.stream().mapToInt(it -> it).average().orElse(0),
                limits.getLast());
    }

    private void repeat(String sql, long start) {
        try {
            Thread.sleep(Math.max(0, start - System.nanoTime()) / 1_000_000);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        while (System.nanoTime() < end) {
            call(sql, false);
            served.addAndGet(System.nanoTime() > quietEnd ? 1 : 0);
        }
    }

    private void once(String sql, long due) {
        call(sql, true);
        if (due > quietEnd) {
            latencies.add((System.nanoTime() - due) / 1e6);
        }
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
            long took = System.nanoTime() - began;
            limit.onSample(
                    began,
                    limit instanceof RepeatedLimit it ? it.slower(sql, took) : took,
                    beside,
                    false);
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
