package dev.drawbridge.auth.name;

import dev.drawbridge.problem.Problem;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A name that people type. Kept after NFKC (UAX #15), compared by a folded key, so that names that
/// differ only in case or in compatibility forms are one name.
///
/// @param text what is shown
/// @param key what is compared
public record Name(String text, String key) {
    private static final int MAX_LENGTH = 128;
    private static final Pattern USERNAME = Pattern.compile("[\\p{L}\\p{M}\\p{N}._@+-]+");
    private static final Pattern LABEL =
            Pattern.compile(
                    "[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]+( [\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]+)*");

    /// A user's name: letters, digits and `._@+-`.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` naming `field`
    public static Name username(String field, String text) {
        return find(text)
                .orElseThrow(() ->
                        new Problem.Invalid(
                                        field,
                                        "must be 1 to 128 letters, digits or . _ @ + - characters")
                                .exception());
    }

    /// A user's name that may or may not be one: what a login sends.
    public static Optional<Name> find(String text) {
        return parse(USERNAME, text);
    }

    /// The name of a group or a token: words with single spaces between them.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` naming `field`
    public static Name label(String field, String text) {
        return parse(LABEL, text)
                .orElseThrow(() ->
                        new Problem.Invalid(
                                        field,
                                        "must be 1 to 128 printable characters without spaces at"
                                                + " its ends")
                                .exception());
    }

    private static Optional<Name> parse(Pattern allowed, String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String normal = Normalizer.normalize(text, Normalizer.Form.NFKC);
        if (normal.length() > MAX_LENGTH || !allowed.matcher(normal).matches()) {
            return Optional.empty();
        }
        String folded = normal.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Optional.of(new Name(normal, Normalizer.normalize(folded, Normalizer.Form.NFKC)));
    }
}
