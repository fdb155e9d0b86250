package dev.drawbridge.gateway.tool.operate;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.gateway.tool.Features;
import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.ToolDefinition;
import dev.drawbridge.gateway.tool.UntrustedText;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import java.util.List;
import java.util.Set;

/// Which statements a database spends most on.
@Singleton
final class TopQueries implements Tool {
    private static final int MOST = 50;

    /// Of a text, in characters; explain_query needs no more to be asked about it.
    private static final int SHOWN = 400;

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "top_queries",
                    "Top queries",
                    "The statements that a database spends most on, from pg_stat_statements: time,"
                            + " calls, rows, blocks read, temporary blocks, WAL, share of all.",
                    Schemas.onDatabase()
                            .optional(
                                    "sort",
                                    Schemas.oneOf(
                                            "What to sort by.",
                                            "total_time",
                                            "total_time",
                                            "mean_time",
                                            "calls",
                                            "rows",
                                            "temp",
                                            "wal"))
                            .optional("limit", Schemas.limit(MOST, 10))
                            .closed(),
                    Schemas.of()
                            .required("available", Schemas.typed("boolean"))
                            .required("queries", Schemas.list(Schemas.typed("object")))
                            .optional("reason", Schemas.typed("string"))
                            .open(),
                    ToolDefinition.Hints.READS_ROWS,
                    Set.of(Features.OPERATE));

    private final Databases databases;
    private final StatementStatistics statistics;

    TopQueries(Databases databases, StatementStatistics statistics) {
        this.databases = databases;
        this.statistics = statistics;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        Databases.Database database = databases.of(call);
        return statistics
                .top(database, call.text("sort", "total_time"), call.number("limit", 10), false)
                .map(top -> Outcome.done(answer(top, database.isAdministered())));
    }

    private static ToolAnswer answer(StatementStatistics.Top top, boolean isAdministered) {
        if (top.reason() != null) {
            return new ToolAnswer(
                    top.reason(),
                    new JsonObject()
                            .put("available", false)
                            .put("reason", top.reason())
                            .put("queries", new JsonArray())
                            .encode(),
                    0);
        }
        var queries = new JsonArray();
        var text =
                new StringBuilder(
                        "share\ttotal ms\tcalls\tmean ms\trows\tread\ttemp\twal bytes\tquery\n");
        for (JsonObject statement : top.statements()) {
            JsonObject query = shown(statement);
            queries.add(query);
            append(text, query);
        }
        String note =
                isAdministered
                        ? ""
                        : "Texts are without literals; whoever has admin on the database sees them as"
                                + " they are.";
        if (hidesOthers(top.statements())) {
            note += " Texts of other roles are hidden from the login: grant it pg_read_all_stats.";
        }
        return new ToolAnswer(
                UntrustedText.enclose(text.toString(), note.strip()),
                new JsonObject().put("available", true).put("queries", queries).encode(),
                queries.size());
    }

    private static JsonObject shown(JsonObject statement) {
        JsonObject query = statement.copy();
        query.remove("statements");
        String text = query.getString("query", "").strip().replaceAll("\\s+", " ");
        query.put("cut", text.length() > SHOWN || query.getBoolean("cut", false));
        return query.put("query", text.substring(0, Math.min(SHOWN, text.length())));
    }

    private static boolean hidesOthers(List<JsonObject> statements) {
        return statements.stream().anyMatch(statement -> statement.getValue("queryId") == null);
    }

    private static void append(StringBuilder text, JsonObject query) {
        for (String field :
                List.of(
                        "sharePercent",
                        "totalMs",
                        "calls",
                        "meanMs",
                        "rows",
                        "readBlocks",
                        "tempBlocks",
                        "walBytes")) {
            text.append(query.getValue(field, "")).append('\t');
        }
        text.append(query.getString("query")).append(query.getBoolean("cut") ? " …\n" : "\n");
    }
}
