package dev.drawbridge.auth.request;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/// One page of a list.
///
/// @param nextCursor where the next page begins; null on the last
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    /// The page that these rows make.
    ///
    /// @param found up to [Slice#fetch] rows in the order of their ids
    public static <T> Page<T> of(List<T> found, Slice slice, Function<T, UUID> id) {
        if (found.size() <= slice.limit()) {
            return new Page<>(List.copyOf(found), null);
        }
        List<T> items = List.copyOf(found.subList(0, slice.limit()));
        return new Page<>(items, Slice.cursor(id.apply(items.getLast())));
    }
}
