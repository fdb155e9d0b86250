package dev.drawbridge.gateway.sqlguard;

import java.util.List;

/// One statement of an agent that changes rows or the schema, and nothing that would change who may
/// see what, run later, or outlive the transaction.
///
/// @param text as the agent wrote it, without a closing semicolon
/// @param hasRows whether it answers with rows
/// @param isQuery whether it is a query that writes in its WITH
/// @param mentions what it names; whether the caller may mean it, only the database can tell
/// @param dangers why it may destroy more than is meant, a sentence each; empty for most
public record WriteSql(
        String text,
        boolean hasRows,
        boolean isQuery,
        List<Mention> mentions,
        List<String> dangers) {
    private static final WritePolicy POLICY = WritePolicy.load();

    /// Reads what an agent wrote.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `QUERY_REJECTED` with the reason and the
    ///   place
    public static WriteSql parse(String sql, WriteMode mode) {
        var statement = OneStatement.parse(sql);
        List<Mention> mentions =
                new WriteRules(POLICY, mode, statement.tree())
                        .check(statement.node(), statement.location());
        boolean isQuery = statement.node().has("SelectStmt");
        var command = statement.node().elements().next();
        return new WriteSql(
                statement.text(),
                isQuery || command.has("returningClause"),
                isQuery,
                mentions,
                Destruction.of(statement.node()));
    }
}
