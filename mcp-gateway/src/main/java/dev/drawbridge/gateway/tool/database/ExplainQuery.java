package dev.drawbridge.gateway.tool.database;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.plan.Explain;
import dev.drawbridge.gateway.plan.Plan;
import dev.drawbridge.gateway.plan.PlanReading;
import dev.drawbridge.gateway.plan.PlanText;
import dev.drawbridge.gateway.plan.Remark;
import dev.drawbridge.gateway.sqlguard.IndexSql;
import dev.drawbridge.gateway.sqlguard.ReadOnlySql;
import dev.drawbridge.gateway.sqlguard.SqlGuard;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.gateway.tool.Features;
import dev.drawbridge.gateway.tool.Plans;
import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.ToolDefinition;
import dev.drawbridge.gateway.tool.UntrustedText;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/// Shows how PostgreSQL would run a query, and what that means.
@Singleton
final class ExplainQuery implements Tool {
    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "explain_query",
                    "Explain a query",
                    "Shows the plan of one query without running it, what costs most and what to"
                            + " try. With analyze it is run and measured; not for tables with"
                            + " row-level security.",
                    Schemas.onDatabase()
                            .required("sql", Schemas.sql("One SELECT, WITH, VALUES or TABLE."))
                            .optional("params", Schemas.params())
                            .optional("analyze", Schemas.bool("Run the query and measure it."))
                            .optional(
                                    "buffers",
                                    Schemas.bool("With analyze, count blocks.")
                                            .put("default", true))
                            .optional(HypotheticalIndexes.ARGUMENT, HypotheticalIndexes.schema())
                            .closed(),
                    Schemas.of()
                            .required("plan", Schemas.typed("string"))
                            .required("analyzed", Schemas.typed("boolean"))
                            .required("cost", Schemas.typed("number"))
                            .required("reading", Schemas.list(Schemas.typed("object")))
                            .optional("hypothetical", Schemas.typed("object"))
                            .open(),
                    ToolDefinition.Hints.READS_ROWS,
                    Set.of(Features.DEFAULT, Features.DATABASE));

    private final Databases databases;
    private final SqlGuard guard;

    ExplainQuery(Databases databases, SqlGuard guard) {
        this.databases = databases;
        this.guard = guard;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        Databases.Database database = databases.of(call);
        List<IndexSql> indexes =
                HypotheticalIndexes.of(
                        call.arguments()
                                .getJsonArray(HypotheticalIndexes.ARGUMENT, new JsonArray()));
        if (!indexes.isEmpty() && call.flag("analyze")) {
            throw new Problem.Invalid(
                            HypotheticalIndexes.ARGUMENT, "cannot be measured: leave analyze out")
                    .exception();
        }
        return guard.read(call.text("sql"))
                .compose(sql ->
                        indexes.isEmpty()
                                ? plan(call, database, sql.query()).map(ExplainQuery::answer)
                                : compared(call, database, sql.query(), indexes))
                .map(Outcome::done);
    }

    private static Future<Plan> plan(ToolCall call, Databases.Database database, ReadOnlySql sql) {
        boolean analyze = call.flag("analyze");
        boolean buffers = call.arguments().getBoolean("buffers", true);
        String options = analyze ? "analyze, buffers " + buffers + ", " : "";
        return Plans.of(
                database,
                analyze ? sql.measuredQuery() : sql,
                Explain.plain(options, sql.text(), call.list("params")));
    }

    private static Future<ToolAnswer> compared(
            ToolCall call, Databases.Database database, ReadOnlySql sql, List<IndexSql> indexes) {
        return Plans.explain(database)
                .compose(explain -> {
                    Future<Plan> without = plan(call, database, sql);
                    if (explain.hypopg() == null) {
                        return without.map(plan -> answer(plan, missing(explain), ""));
                    }
                    var question =
                            explain.with(
                                    indexes.stream().map(IndexSql::text).toList(),
                                    Explain.plain("", sql.text(), call.list("params")));
                    return without.compose(plan ->
                            Plans.of(database, IndexSql.judgedWith(sql, indexes), question)
                                    .map(with -> compare(plan, with)));
                });
    }

    private static ToolAnswer compare(Plan without, Plan with) {
        List<String> used = Explain.hypotheticalIndexes(with);
        double saved = without.cost() <= 0 ? 0 : 1 - with.cost() / without.cost();
        String text = PlanText.of(with);
        var told =
                new JsonObject()
                        .put("available", true)
                        .put("costWithout", without.cost())
                        .put("costWith", with.cost())
                        .put("used", new JsonArray(used))
                        .put("plan", text);
        String lines =
                used.isEmpty()
                        ? "\nThe planner would use none of the hypothetical indexes.\n"
                        : "\nWith the hypothetical indexes: cost %s instead of %s, %d %% less. Uses %s.\n"
                                        .formatted(
                                                with.cost(),
                                                without.cost(),
                                                Math.round(100 * saved),
                                                String.join(", ", used))
                                + text;
        return answer(without, told, lines);
    }

    private static JsonObject missing(Explain explain) {
        return new JsonObject().put("available", false).put("reason", explain.howToGetHypopg());
    }

    private static ToolAnswer answer(Plan plan) {
        return answer(plan, null, "");
    }

    /// @param hypothetical what is told of indexes that are not there; null when nobody asked
    /// @param more of the same as text
    private static ToolAnswer answer(Plan plan, @Nullable JsonObject hypothetical, String more) {
        String text = PlanText.of(plan);
        List<Remark> reading = PlanReading.of(plan);
        var lines = new StringBuilder(text);
        reading.forEach(remark -> lines.append("- ").append(remark.line()).append('\n'));
        lines.append(more);
        var json =
                new JsonObject()
                        .put("plan", text.stripTrailing())
                        .put("analyzed", plan.isMeasured())
                        .put("cost", plan.cost())
                        .put("reading", remarks(reading));
        String note = "";
        if (hypothetical != null) {
            json.put("hypothetical", hypothetical);
            note = hypothetical.getString("reason", "");
        }
        return new ToolAnswer(UntrustedText.enclose(lines.toString(), note), json.encode(), 0);
    }

    private static JsonArray remarks(List<Remark> reading) {
        var array = new JsonArray();
        reading.forEach(remark ->
                array.add(
                        new JsonObject()
                                .put("about", remark.about())
                                .put("node", remark.node())
                                .put("says", remark.says())
                                .put("try", remark.tries())));
        return array;
    }
}
