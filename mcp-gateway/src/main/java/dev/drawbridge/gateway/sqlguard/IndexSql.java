package dev.drawbridge.gateway.sqlguard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// An index that somebody describes, for the planner to take as there. Nobody makes it; but its
/// expressions and its condition are evaluated by whoever plans with it, so they are judged as
/// those of a statement that reads.
///
/// @param text one CREATE INDEX
/// @param mentions what it names; whether the caller may mean it, only the database can tell
public record IndexSql(String text, List<Mention> mentions) {
    private static final Set<String> FIELDS =
            Set.of(
                    "relation",
                    "accessMethod",
                    "indexParams",
                    "indexIncludingParams",
                    "whereClause");

    /// Reads one.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `QUERY_REJECTED` with the reason
    public static IndexSql parse(String sql) {
        var statement = OneStatement.parse(sql);
        var rules = new ReadRules(ReadOnlySql.policy(), statement.tree());
        JsonNode index = statement.node().path("IndexStmt");
        if (index.isMissingNode() || hasMore(index)) {
            throw rules.rejected("This describes no index.", statement.location());
        }
        rules.node(
                JsonNodeFactory.instance.objectNode().set("RangeVar", index.path("relation")),
                statement.location());
        Stream.of("indexParams", "indexIncludingParams")
                .flatMap(part -> index.path(part).valueStream())
                .map(element -> element.at("/IndexElem/expr"))
                .forEach(expression -> rules.node(expression, statement.location()));
        rules.node(index.path("whereClause"), statement.location());
        return new IndexSql(statement.text(), rules.named());
    }

    /// What is not so is left out of the tree.
    private static boolean hasMore(JsonNode index) {
        return index.properties().stream().anyMatch(field -> !FIELDS.contains(field.getKey()));
    }

    /// This query, when it is planned as if these indexes were there.
    public static ReadOnlySql judgedWith(ReadOnlySql sql, List<IndexSql> indexes) {
        return new ReadOnlySql(
                sql.text(),
                sql.pageable(),
                sql.measured(),
                false,
                sql.queries(),
                Stream.concat(
                                sql.mentions().stream(),
                                indexes.stream().flatMap(index -> index.mentions().stream()))
                        .toList());
    }
}
