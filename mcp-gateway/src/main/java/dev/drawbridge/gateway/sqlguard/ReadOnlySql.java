package dev.drawbridge.gateway.sqlguard;

import dev.drawbridge.problem.Problem;

/// One statement of an agent that may be sent: it reads, it is alone, and it names nothing that
/// escapes a read-only transaction.
///
/// @param text as the agent wrote it, without a closing semicolon
/// @param pageable whether it is a query whose rows a cursor can page through
public record ReadOnlySql(String text, boolean pageable) {
    private static final ReadPolicy POLICY = ReadPolicy.load();

    /// Reads what an agent wrote.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `QUERY_REJECTED` with the reason and the
    ///   place
    public static ReadOnlySql parse(String sql) {
        var statement = OneStatement.parse(sql);
        new ReadRules(POLICY, statement.tree()).check(statement.node(), statement.location());
        return new ReadOnlySql(statement.text(), statement.node().has("SelectStmt"));
    }

    /// This one, which EXPLAIN may be put before.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `QUERY_REJECTED` for what is no query
    public ReadOnlySql query() {
        if (!pageable) {
            throw new Problem.QueryRejected(
                            "Give the query itself: SELECT, VALUES, TABLE or WITH.", 1)
                    .exception();
        }
        return this;
    }
}
