package dev.drawbridge.gateway.target;

import java.util.List;

/// What a server says of a statement that it has prepared.
///
/// @param parameters PostgreSQL's names of the types of `$1`, `$2` …, as [Column#type]
/// @param columns of its rows; empty when it has none
public record Described(List<String> parameters, List<Column> columns) {
    /// Of what has no statement.
    public static final Described NOTHING = new Described(List.of(), List.of());
}
