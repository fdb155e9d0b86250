package dev.drawbridge.gateway.sqlguard;

import io.vertx.core.Vertx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Prints as JSON what the guard's verdict on a statement costs, over all statements of a folder:
/// remembered, and new.
///
/// Argument: the folder, of `*.sql` files with a line `-- name: …` before each statement.
public final class VerdictCost {
    private static final int WARM_UP = 40;
    private static final int ROUNDS = 20;

    private VerdictCost() {}

    public static void main(String[] arguments) throws IOException {
        List<String> statements = statements(Path.of(arguments[0]));
        var guard = new SqlGuard(Vertx.vertx());
        for (int i = 0; i < WARM_UP; i++) {
            statements.forEach(VerdictCost::judge);
            statements.forEach(guard::read);
        }
        List<Long> fresh = new ArrayList<>();
        List<Long> known = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            for (String sql : statements) {
                long started = System.nanoTime();
                judge(sql);
                long judged = System.nanoTime();
                guard.read(sql);
                fresh.add(judged - started);
                known.add(System.nanoTime() - judged);
            }
        }
        System.out.printf(
                "{\"statements\":%d,\"characters\":%d,\"knownNanos\":[%d,%d],\"newNanos\":[%d,%d]}%n",
                statements.size(),
                statements.stream().mapToInt(String::length).sum() / statements.size(),
                at(known, 0.5),
                at(known, 0.99),
                at(fresh, 0.5),
                at(fresh, 0.99));
        System.exit(0);
    }

    private static void judge(String sql) {
        try {
            ReadOnlySql.parse(sql);
        } catch (RuntimeException refused) {
            // A verdict as well.
        }
    }

    private static List<String> statements(Path folder) throws IOException {
        List<String> all = new ArrayList<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(it -> it.toString().endsWith(".sql")).sorted().toList()) {
                Arrays.stream(Files.readString(file).split("(?m)^-- name: .*$"))
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .forEach(all::add);
            }
        }
        return all;
    }

    private static long at(List<Long> nanos, double quantile) {
        return nanos.stream().sorted().toList().get((int) (quantile * (nanos.size() - 1)));
    }
}
