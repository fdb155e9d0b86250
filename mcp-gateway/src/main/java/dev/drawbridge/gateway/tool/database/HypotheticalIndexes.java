package dev.drawbridge.gateway.tool.database;

import dev.drawbridge.gateway.sqlguard.IndexSql;
import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Indexes that a caller describes for the planner to take as there.
final class HypotheticalIndexes {
    static final String ARGUMENT = "hypothetical_indexes";

    private static final int MOST = 10;

    private static final String DESCRIPTION =
            """
            Plan as if these indexes were there (HypoPG): {table, columns, where, using}; columns \
            are names or expressions.\
            """;

    private HypotheticalIndexes() {}

    static JsonObject schema() {
        return Schemas.list(
                        Schemas.of()
                                .required("table", text())
                                .required("columns", Schemas.list(text()))
                                .optional("where", text())
                                .optional("using", text())
                                .closed())
                .put("maxItems", MOST)
                .put("description", DESCRIPTION);
    }

    private static JsonObject text() {
        return Schemas.typed("string");
    }

    /// What they are as CREATE INDEX.
    ///
    /// @throws ProblemException `VALIDATION_ERROR` for what describes no index, or does more
    static List<IndexSql> of(JsonArray described) {
        List<IndexSql> indexes = new ArrayList<>();
        for (int i = 0; i < described.size(); i++) {
            try {
                indexes.add(IndexSql.parse(sql(described.getJsonObject(i))));
            } catch (ProblemException refused) {
                String reason =
                        refused.problem() instanceof Problem.QueryRejected rejected
                                ? rejected.reason()
                                : "describes no index";
                throw new Problem.Invalid(ARGUMENT + "." + i, reason).exception(refused);
            }
        }
        return indexes;
    }

    private static String sql(JsonObject index) {
        String columns =
                index.getJsonArray("columns").stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "));
        String where = index.getString("where", "");
        return "create index on %s using %s (%s)"
                        .formatted(
                                index.getString("table"),
                                index.getString("using", "btree"),
                                columns)
                + (where.isEmpty() ? "" : " where " + where);
    }
}
