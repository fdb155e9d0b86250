package dev.drawbridge.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import dev.drawbridge.problem.Problem;

import java.util.Locale;

/// How much a grant gives, in ascending order: `none < read < write < admin`.
public enum Level {
    NONE,
    READ,
    WRITE,
    ADMIN;

    /// Whether this level is enough where `needed` is asked for.
    public boolean permits(Level needed) {
        return compareTo(needed) >= 0;
    }

    public static Level min(Level one, Level other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    public static Level max(Level one, Level other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /// The lower-case name, as it stands in JSON and in the datastore.
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Reads the lower-case name.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` for any other text
    @JsonCreator
    public static Level parse(String text) {
        return switch (text) {
            case "none" -> NONE;
            case "read" -> READ;
            case "write" -> WRITE;
            case "admin" -> ADMIN;
            default ->
                    throw new Problem.Invalid("level", "must be none, read, write or admin")
                            .exception();
        };
    }
}
