package dev.drawbridge.gateway.target;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A statement that has passed the guard, with its bounds.
///
/// @param sql exactly one statement; what `$1`, `$2` … stand for are `parameters`
/// @param parameters JSON values: null, Boolean, Number, String, List, Map
/// @param skip rows to pass over on the server, for a later page; 0 for the first
/// @param limit rows to hand out at most
public record Statement(String sql, List<@Nullable Object> parameters, long skip, int limit) {

    /// A statement of our own, with as many rows as it has, within reason.
    public static Statement own(String sql, @Nullable Object... parameters) {
        return new Statement(sql, java.util.Arrays.asList(parameters), 0, 10_000);
    }
}
