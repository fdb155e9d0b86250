package dev.drawbridge.gateway.target;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// What a session is to remember while one statement runs, and not any longer. It is undone in the
/// same transaction, whatever comes of the statement; a session of which that is not known is
/// ended. For what PostgreSQL itself would not undo with the transaction.
///
/// @param before statements of ours, in order; their rows come before those of the statement
/// @param after statements of ours that undo them, without parameters
public record Staging(List<Own> before, List<String> after) {
    /// Nothing.
    public static final Staging NONE = new Staging(List.of(), List.of());

    /// One statement of ours.
    public record Own(String sql, List<@Nullable Object> parameters) {
        public static Own of(String sql, @Nullable Object... parameters) {
            return new Own(sql, Arrays.asList(parameters));
        }
    }

    /// This, then that; undone the other way round.
    public Staging then(Staging that) {
        return new Staging(
                Stream.concat(before.stream(), that.before.stream()).toList(),
                Stream.concat(that.after.stream(), after.stream()).toList());
    }
}
