package dev.drawbridge.gateway.completion;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What may be meant by what somebody has written so far.
///
/// @param values at most [#MOST]
/// @param total of all that there are; null when nobody counted
/// @param hasMore whether there are others than `values`
public record Completion(List<String> values, @Nullable Integer total, boolean hasMore) {
    /// As many as MCP lets through.
    public static final int MOST = 100;

    public static final Completion NOTHING = new Completion(List.of(), 0, false);

    /// The first of these.
    ///
    /// @param counted whether these are all
    public static Completion of(List<String> found, boolean counted) {
        return new Completion(
                found.stream().limit(MOST).toList(),
                counted ? Integer.valueOf(found.size()) : null,
                !counted || found.size() > MOST);
    }
}
