package dev.drawbridge.auth.request;

import dev.drawbridge.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/// Input that must be there, or be what it says.
public final class Required {
    private Required() {}

    /// The value.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` naming the field
    public static <T> T field(String name, @Nullable T value) {
        if (value == null || (value instanceof String text && text.isEmpty())) {
            throw new Problem.Invalid(name, "is required").exception();
        }
        return value;
    }

    /// The request's body.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` without one
    public static <T> T body(@Nullable T body) {
        return field("body", body);
    }

    /// An id in a query parameter, null when it is absent.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` naming the parameter
    public static @Nullable UUID id(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException malformed) {
            throw new Problem.Invalid(name, "must be a UUID").exception(malformed);
        }
    }
}
