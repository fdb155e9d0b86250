package dev.drawbridge.gateway.tool.operate;

import dev.drawbridge.gateway.advice.IndexSearch;
import dev.drawbridge.gateway.advice.Query;
import dev.drawbridge.gateway.advice.Recommendation;
import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.plan.Explain;
import dev.drawbridge.gateway.sqlguard.ReadOnlySql;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.gateway.tool.Features;
import dev.drawbridge.gateway.tool.Plans;
import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.ToolDefinition;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Which indexes would make given statements, or those that a database spends most on, faster.
@Singleton
final class RecommendIndexes implements Tool {
    private static final int MOST_QUERIES = 10;
    private static final int MOST_STATEMENTS = 50;

    /// Of `date '2026-01-01'` pg_stat_statements makes `date $1`, which is no SQL any more.
    private static final Pattern TYPED =
            Pattern.compile(
                    "(?i)\\b(date|interval|time(?:stamp(?:tz)?)?(?: with(?:out)? time zone)?)\\s+(\\$\\d+)");

    /// Searches at a time: each asks its database some hundred plans.
    private static final int AT_ONCE = 4;

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "recommend_indexes",
                    "Recommend indexes",
                    "Which missing indexes would make SELECT statements faster, judged by the"
                            + " planner (HypoPG) or by statistics: SQL to make and to drop each,"
                            + " cost before and after, size, writes. Creates nothing. Without"
                            + " queries it reads pg_stat_statements, for who has admin on the"
                            + " database.",
                    Schemas.onDatabase()
                            .optional(
                                    "queries",
                                    Schemas.list(Schemas.sql("One SELECT."))
                                            .put("maxItems", MOST_QUERIES)
                                            .put(
                                                    "description",
                                                    "Statements; $1 may stand in them."))
                            .optional(
                                    "statements",
                                    Schemas.integer(
                                            "Without queries: how many statements of the workload.",
                                            1,
                                            MOST_STATEMENTS,
                                            20))
                            .closed(),
                    Schemas.of()
                            .required("available", Schemas.typed("boolean"))
                            .required("judgedBy", Schemas.typed("string"))
                            .required("recommendations", Schemas.list(Schemas.typed("object")))
                            .required("skipped", Schemas.list(Schemas.typed("object")))
                            .optional("reason", Schemas.typed("string"))
                            .open(),
                    ToolDefinition.Hints.READS_ROWS,
                    Set.of(Features.OPERATE));

    private final Databases databases;
    private final StatementStatistics statistics;
    private final Vertx vertx;
    private final Semaphore places = new Semaphore(AT_ONCE);

    RecommendIndexes(Databases databases, StatementStatistics statistics, Vertx vertx) {
        this.databases = databases;
        this.statistics = statistics;
        this.vertx = vertx;
    }

    /// What is looked at.
    ///
    /// @param refused why others are not, by their names
    /// @param reason why there is nothing to look at; empty when there is
    private record Workload(List<Query> queries, Map<String, String> refused, String reason) {}

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        JsonArray queries = call.arguments().getJsonArray("queries", new JsonArray());
        Databases.Database database =
                queries.isEmpty() ? databases.administered(call) : databases.of(call);
        if (!queries.isEmpty() && call.arguments().containsKey("statements")) {
            throw new Problem.Invalid("statements", "is for a workload: leave queries out")
                    .exception();
        }
        return Plans.explain(database)
                .compose(explain ->
                        workload(database, queries, call.number("statements", 20))
                                .compose(workload ->
                                        aside(() -> answer(database, explain, workload))))
                .map(Outcome::done);
    }

    private Future<Workload> workload(Databases.Database database, JsonArray queries, int most) {
        return queries.isEmpty()
                ? statistics.top(database, "total_time", most, true).map(RecommendIndexes::counted)
                : aside(() -> given(queries));
    }

    private static Workload given(JsonArray texts) {
        List<Query> queries = new ArrayList<>();
        Map<String, String> refused = new LinkedHashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            add(queries, refused, "queries." + i, texts.getString(i), 1);
        }
        return new Workload(queries, refused, "");
    }

    private static Workload counted(StatementStatistics.Top top) {
        List<Query> queries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonObject statement : top.statements()) {
            String name = statement.getString("queryId", "");
            if (names.add(name)) {
                // Most of a workload are writes and commands, which are none of this tool's.
                add(
                        queries,
                        new LinkedHashMap<>(),
                        name,
                        TYPED.matcher(statement.getString("query", "")).replaceAll("$2::$1"),
                        statement.getDouble("calls"));
            }
        }
        String reason = top.reason();
        return new Workload(queries, Map.of(), reason == null ? "" : reason);
    }

    private static void add(
            List<Query> queries,
            Map<String, String> refused,
            String name,
            String text,
            double calls) {
        try {
            queries.add(new Query(name, ReadOnlySql.parse(text).query(), calls));
        } catch (ProblemException rejected) {
            refused.put(
                    name,
                    rejected.problem() instanceof Problem.QueryRejected known
                            ? known.reason()
                            : rejected.problem().code());
        }
    }

    private static ToolAnswer answer(
            Databases.Database database, Explain explain, Workload workload) {
        var planner = new DatabasePlanner(database, explain);
        var search = new IndexSearch(planner);
        List<Recommendation> found =
                workload.queries().isEmpty() ? List.of() : search.recommend(workload.queries());
        Map<String, String> skipped = new LinkedHashMap<>(workload.refused());
        skipped.putAll(search.skipped());
        return IndexAnswer.of(
                found, skipped, workload.reason(), explain, database.isAdministered());
    }

    /// Waits for many answers, so not on an event loop.
    private <T> Future<T> aside(Supplier<T> work) {
        Context context = vertx.getOrCreateContext();
        Promise<T> done = Promise.promise();
        if (!places.tryAcquire()) {
            return Future.failedFuture(new Problem.Overloaded(Duration.ofSeconds(5)).exception());
        }
        Thread.ofVirtual()
                .name("index-advice")
                .start(() -> {
                    try {
                        T result = work.get();
                        context.runOnContext(_ -> done.complete(result));
                    } catch (RuntimeException | Error failure) {
                        context.runOnContext(_ -> done.fail(failure));
                    } finally {
                        places.release();
                    }
                });
        return done.future();
    }
}
