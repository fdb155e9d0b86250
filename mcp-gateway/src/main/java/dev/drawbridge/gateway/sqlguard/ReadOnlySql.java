package dev.drawbridge.gateway.sqlguard;

import com.fasterxml.jackson.databind.JsonNode;

import dev.drawbridge.problem.Problem;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// One statement of an agent that may be sent: it reads, it is alone, and it names nothing that
/// escapes a read-only transaction.
///
/// @param text as the agent wrote it, without a closing semicolon
/// @param pageable whether it is a query whose rows a cursor can page through
/// @param measured whether it is an EXPLAIN that runs what it explains
/// @param repeatable whether nothing of its text makes it answer differently although nothing was
///   written; what it names may
/// @param queries names of its own WITH queries
/// @param mentions what it names; whether the caller may mean it, only the database can tell
public record ReadOnlySql(
        String text,
        boolean pageable,
        boolean measured,
        boolean repeatable,
        Set<String> queries,
        List<Mention> mentions) {
    /// What PostgreSQL takes for false (defGetBoolean).
    private static final Set<String> OFF = Set.of("off", "false", "0");

    private static final ReadPolicy POLICY = ReadPolicy.load();

    /// Reads what an agent wrote.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `QUERY_REJECTED` with the reason and the
    ///   place
    public static ReadOnlySql parse(String sql) {
        var statement = OneStatement.parse(sql);
        JsonNode node = statement.node();
        var rules = new ReadRules(POLICY, statement.tree());
        List<Mention> mentions = rules.check(node, statement.location());
        boolean isQuery = node.has("SelectStmt");
        return new ReadOnlySql(
                statement.text(),
                isQuery,
                isMeasured(node.at("/ExplainStmt/options")),
                isQuery && rules.repeatability().isRepeatable(),
                rules.repeatability().queries(),
                mentions);
    }

    /// As the server reads it: an option without a value is on, and of two the last counts.
    private static boolean isMeasured(JsonNode options) {
        boolean measured = false;
        for (JsonNode option : options) {
            JsonNode named = option.path("DefElem");
            if (named.path("defname").asText().equals("analyze")) {
                measured = !OFF.contains(value(named.path("arg")));
            }
        }
        return measured;
    }

    private static String value(JsonNode argument) {
        if (argument.has("Integer")) {
            return argument.at("/Integer/ival").asText("0"); // What is 0 is left out.
        }
        return argument.at("/String/sval").asText("on").toLowerCase(Locale.ROOT);
    }

    /// The policy that everything is held against.
    public static ReadPolicy policy() {
        return POLICY;
    }

    /// This query, when an EXPLAIN that runs it is put before it.
    public ReadOnlySql measuredQuery() {
        return new ReadOnlySql(text, pageable, true, false, queries, mentions);
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
