package dev.drawbridge.auth.user;

import dev.drawbridge.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.regex.Pattern;

/// Facts about a user that become settings of a database session: few, short and scalar.
public final class Attributes {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,62}");
    private static final int MAX_COUNT = 50;
    private static final int MAX_TEXT = 1_000;

    private Attributes() {}

    /// The attributes as they came.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` naming the attribute
    public static Map<String, Object> check(@Nullable Map<String, @Nullable Object> attributes) {
        if (attributes == null) {
            return Map.of();
        }
        if (attributes.size() > MAX_COUNT) {
            throw new Problem.Invalid("attributes", "must be at most " + MAX_COUNT).exception();
        }
        attributes.forEach((name, value) -> {
            if (!NAME.matcher(name).matches()) {
                throw new Problem.Invalid(
                                "attributes",
                                "names begin with a letter or _ and hold letters, digits and _ . -")
                        .exception();
            }
            boolean scalar =
                    switch (value) {
                        // No text of PostgreSQL's has the character U+0000.
                        case String text -> text.length() <= MAX_TEXT && text.indexOf(0) < 0;
                        case Number _, Boolean _ -> true;
                        case null, default -> false;
                    };
            if (!scalar) {
                throw new Problem.Invalid(
                                "attributes." + name,
                                "must be a number, true, false, or a text of at most "
                                        + MAX_TEXT
                                        + " characters other than U+0000")
                        .exception();
            }
        });
        return Map.copyOf(attributes);
    }
}
