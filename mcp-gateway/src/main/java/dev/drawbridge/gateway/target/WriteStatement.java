package dev.drawbridge.gateway.target;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A statement that writes and has passed the guard.
///
/// @param sql exactly one statement; what `$1`, `$2` … stand for are `parameters`
/// @param parameters JSON values: null, Boolean, Number, String, List, Map
/// @param limit rows of its answer to hand out at most
/// @param hasRows whether it answers with rows
/// @param isQuery whether it is a query that changes rows in its WITH, so that its tag does not
///   count them
/// @param dryRun whether it is to be undone in any case
public record WriteStatement(
        String sql,
        List<@Nullable Object> parameters,
        int limit,
        boolean hasRows,
        boolean isQuery,
        boolean dryRun) {

    /// The same with something behind its text.
    public WriteStatement followedBy(String comment) {
        return comment.isEmpty()
                ? this
                : new WriteStatement(sql + comment, parameters, limit, hasRows, isQuery, dryRun);
    }
}
