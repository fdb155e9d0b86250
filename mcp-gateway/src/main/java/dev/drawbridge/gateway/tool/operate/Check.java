package dev.drawbridge.gateway.tool.operate;

import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// Something to look at in a database.
///
/// @param look gives what was found, the whole of it first
record Check(String name, Function<Databases.Database, Future<List<Finding>>> look) {

    /// One that a question answers, row by row.
    static Check asked(String name, String sql, @Nullable Object... parameters) {
        return new Check(
                name,
                database ->
                        database.values(sql, parameters)
                                .map(rows -> rows.stream().map(Finding::of).toList()));
    }

    /// What was found, or that it could not be looked at: one check stops no other.
    Future<Looked> run(Databases.Database database) {
        return look.apply(database)
                .recover(failure ->
                        failure instanceof ProblemException known
                                ? Future.succeededFuture(List.of(unknown(known)))
                                : Future.failedFuture(failure))
                .map(findings -> new Looked(name, findings));
    }

    private static Finding unknown(ProblemException failure) {
        return Finding.of(Grade.UNKNOWN, "could not be looked at: " + failure.getMessage(), null);
    }

    /// What came of a check.
    record Looked(String check, List<Finding> findings) {
        Grade grade() {
            return findings.stream()
                    .map(Finding::grade)
                    .max(Comparator.naturalOrder())
                    .orElse(Grade.OK);
        }
    }
}
