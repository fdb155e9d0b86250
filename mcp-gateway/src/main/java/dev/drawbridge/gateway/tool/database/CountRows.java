package dev.drawbridge.gateway.tool.database;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.sqlguard.ReadOnlySql;
import dev.drawbridge.gateway.sqlguard.SqlGuard;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.gateway.tool.Features;
import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.ToolDefinition;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Counts rows of a table by structured filters. Names are quoted and values are bound: nothing of
/// the caller's is SQL. What may be named is for the guard to say, as of any statement.
@Singleton
final class CountRows implements Tool {
    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "count_rows",
                    "Count rows",
                    "Counts the rows of a table that you may see and that match all filters.",
                    Schemas.onDatabase()
                            .optional(
                                    "schema", name("Schema of the table.").put("default", "public"))
                            .required("table", name("Table or view."))
                            .optional("filters", filters())
                            .closed(),
                    Schemas.of().required("count", Schemas.typed("integer")).open(),
                    ToolDefinition.Hints.READS,
                    Set.of(Features.DEFAULT, Features.DATABASE));

    private final Databases databases;
    private final SqlGuard guard;

    CountRows(Databases databases, SqlGuard guard) {
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
        List<@Nullable Object> parameters = new ArrayList<>();
        return guard.read(sql(call, parameters))
                .compose(sql -> database.values(sql, statement(sql, parameters)))
                .recover(refused -> Future.failedFuture(withoutPlace(refused)))
                .map(rows -> {
                    Object count = rows.getFirst().getFirst();
                    return Outcome.done(
                            new ToolAnswer(
                                    String.valueOf(count),
                                    new JsonObject().put("count", count).encode(),
                                    1));
                });
    }

    /// The caller never saw the text in which the guard found a place.
    private static Throwable withoutPlace(Throwable failure) {
        return failure instanceof ProblemException known
                        && known.problem() instanceof Problem.QueryRejected rejected
                ? new Problem.QueryRejected(rejected.reason(), 0).exception(known)
                : failure;
    }

    private static Statement statement(ReadOnlySql sql, List<@Nullable Object> parameters) {
        return new Statement(sql.text(), parameters, 0, 1, sql.text().length());
    }

    private static String sql(ToolCall call, List<@Nullable Object> parameters) {
        var sql =
                new StringBuilder("select count(*) from ")
                        .append(quoted(call.text("schema", "public")))
                        .append('.')
                        .append(quoted(call.text("table")));
        String and = " where ";
        JsonArray filters = call.arguments().getJsonArray("filters", new JsonArray());
        for (int i = 0; i < filters.size(); i++) {
            sql.append(and);
            append(sql, parameters, filters.getJsonObject(i), i);
            and = " and ";
        }
        return sql.toString();
    }

    private static void append(
            StringBuilder sql, List<@Nullable Object> parameters, JsonObject filter, int index) {
        sql.append(quoted(filter.getString("column")));
        String operator = filter.getString("op", "eq");
        if (operator.equals("is_null") || operator.equals("is_not_null")) {
            sql.append(operator.equals("is_null") ? " is null" : " is not null");
            return;
        }
        Object value = filter.getValue("value");
        boolean list = value instanceof JsonArray;
        if (value == null || value instanceof JsonObject || list != operator.equals("in")) {
            throw new Problem.Invalid(
                            "filters." + index + ".value",
                            operator.equals("in") ? "must be a list" : "must be one value")
                    .exception();
        }
        parameters.add(value instanceof JsonArray array ? array.getList() : value);
        String parameter = "$" + parameters.size();
        sql.append(
                operator.equals("in") ? " = any(" + parameter + ")" : symbol(operator) + parameter);
    }

    private static String symbol(String operator) {
        return switch (operator) {
            case "neq" -> " <> ";
            case "gt" -> " > ";
            case "gte" -> " >= ";
            case "lt" -> " < ";
            case "lte" -> " <= ";
            case "like" -> " like ";
            case "ilike" -> " ilike ";
            default -> " = ";
        };
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static JsonObject name(String description) {
        return Schemas.string(description)
                .put("minLength", 1)
                .put("maxLength", 63)
                .put("pattern", "^[^\\u0000]+$");
    }

    private static JsonObject filters() {
        return Schemas.list(
                        Schemas.of()
                                .required("column", name("Column."))
                                .optional(
                                        "op",
                                        Schemas.oneOf(
                                                "Comparison.",
                                                "eq",
                                                "eq",
                                                "neq",
                                                "gt",
                                                "gte",
                                                "lt",
                                                "lte",
                                                "like",
                                                "ilike",
                                                "in",
                                                "is_null",
                                                "is_not_null"))
                                .optional(
                                        "value",
                                        new JsonObject()
                                                .put("description", "One value; a list for in."))
                                .closed())
                .put("maxItems", 50)
                .put("description", "All must hold.");
    }
}
