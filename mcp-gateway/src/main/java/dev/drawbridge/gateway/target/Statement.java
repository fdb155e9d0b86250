package dev.drawbridge.gateway.target;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A statement that has passed the guard, with its bounds.
///
/// @param sql exactly one statement; what `$1`, `$2` … stand for are `parameters`
/// @param parameters JSON values: null, Boolean, Number, String, List, Map
/// @param skip rows to pass over on the server, for a later page; 0 for the first
/// @param limit rows to hand out at most
/// @param bytes after how many in both forms together no further row is handed out, but the first;
///   0 for any number
/// @param ours how many characters of `sql` stand before the caller's own, whose mistakes are to be
///   shown where the caller made them
/// @param settings of ours for its transaction, by name; of a first page only
public record Statement(
        String sql,
        List<@Nullable Object> parameters,
        long skip,
        int limit,
        int bytes,
        int ours,
        Map<String, String> settings) {

    /// One that needs no settings.
    public Statement(
            String sql, List<@Nullable Object> parameters, long skip, int limit, int ours) {
        this(sql, parameters, skip, limit, 0, ours, Map.of());
    }

    /// One whose whole text is the caller's.
    public Statement(String sql, List<@Nullable Object> parameters, long skip, int limit) {
        this(sql, parameters, skip, limit, 0);
    }

    /// The same with no more rows than so many bytes hold.
    public Statement within(int most) {
        return new Statement(sql, parameters, skip, limit, most, ours, settings);
    }

    /// The same in a transaction with these settings.
    public Statement with(Map<String, String> others) {
        return new Statement(sql, parameters, skip, limit, bytes, ours, others);
    }

    /// The same with something behind its text.
    public Statement followedBy(String comment) {
        return comment.isEmpty()
                ? this
                : new Statement(sql + comment, parameters, skip, limit, bytes, ours, settings);
    }

    /// A statement of our own, with as many rows as it has, within reason.
    public static Statement own(String sql, @Nullable Object... parameters) {
        return new Statement(sql, Arrays.asList(parameters), 0, 10_000, sql.length());
    }
}
