package dev.drawbridge.auth.profile;

import dev.drawbridge.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Map;

/// What people keep about themselves: any JSON that PostgreSQL can store, and not too much of it.
final class Metadata {
    private static final int MAX_LENGTH = 8_192;

    private Metadata() {}

    /// The metadata as they came.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR`
    static Map<String, Object> check(Map<String, Object> metadata) {
        if (metadata.toString().length() > MAX_LENGTH) {
            throw new Problem.Invalid("metadata", "must be at most 8 KB").exception();
        }
        if (!isStorable(metadata)) {
            throw new Problem.Invalid("metadata", "must not have the character U+0000").exception();
        }
        return metadata;
    }

    private static boolean isStorable(@Nullable Object json) {
        return switch (json) {
            case String text -> text.indexOf(0) < 0;
            case Map<?, ?> object -> isStorable(object.keySet()) && isStorable(object.values());
            case Collection<?> array -> array.stream().allMatch(Metadata::isStorable);
            case null, default -> true;
        };
    }
}
