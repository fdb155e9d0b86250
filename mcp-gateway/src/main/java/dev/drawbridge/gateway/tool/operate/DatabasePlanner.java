package dev.drawbridge.gateway.tool.operate;

import dev.drawbridge.gateway.advice.Planner;
import dev.drawbridge.gateway.advice.Table;
import dev.drawbridge.gateway.advice.UnplannableException;
import dev.drawbridge.gateway.plan.Explain;
import dev.drawbridge.gateway.plan.Plan;
import dev.drawbridge.gateway.sqlguard.ReadOnlySql;
import dev.drawbridge.gateway.target.CatalogFile;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;

/// A database's planner, as one caller may ask it. Waits for each answer.
///
/// @param explain how its server is asked
record DatabasePlanner(Databases.Database database, Explain explain) implements Planner {
    private static final String TABLES = CatalogFile.read("index-advice");
    private static final String IMMUTABLE =
            """
            select p.proname
              from pg_catalog.pg_proc p
             where p.proname = any ($1::text[])
             group by p.proname
            having bool_and(p.provolatile = 'i')
            """;

    @Override
    public boolean hasHypopg() {
        return explain.hypopg() != null;
    }

    @Override
    public Answer plan(ReadOnlySql sql, List<String> indexes) {
        var question = explain.with(indexes, Explain.generic(sql.text()));
        var rows = planned(database.values(sql, question.staging(), question.statement()));
        int last = rows.size() - 1;
        return new Answer(
                Plan.of((JsonArray) Objects.requireNonNull(rows.get(last).getFirst())),
                rows.subList(last - indexes.size(), last).stream()
                        .map(row -> String.valueOf(row.getFirst()))
                        .toList());
    }

    @Override
    public List<Table> tables(List<List<String>> names) {
        return answered(
                        database.values(
                                TABLES,
                                names.stream().map(List::getFirst).toList(),
                                names.stream().map(List::getLast).toList()))
                .stream()
                .map(row -> Table.of((JsonObject) Objects.requireNonNull(row.getFirst())))
                .toList();
    }

    @Override
    public List<String> immutable(List<String> functions) {
        return answered(database.values(IMMUTABLE, functions)).stream()
                .map(row -> String.valueOf(row.getFirst()))
                .toList();
    }

    @Override
    public Costs costs() {
        List<@Nullable Object> row = answered(database.values(Costs.SQL)).getFirst();
        return new Costs(
                number(row.get(0)),
                number(row.get(1)),
                number(row.get(2)),
                number(row.get(3)),
                number(row.get(4)));
    }

    private static double number(@Nullable Object setting) {
        return Double.parseDouble(String.valueOf(setting));
    }

    private static <T> T planned(Future<T> answer) {
        try {
            return answered(answer);
        } catch (ProblemException failure) {
            throw switch (failure.problem()) {
                case Problem.QueryRejected _, Problem.Database _, Problem.Invalid _ ->
                        new UnplannableException(failure.problem(), failure);
                default -> failure;
            };
        }
    }

    private static <T> T answered(Future<T> answer) {
        try {
            return answer.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof ProblemException known ? known : failure;
        }
    }
}
