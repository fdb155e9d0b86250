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
    private static final Pattern WORDS = Pattern.compile(" ");
    private static final Pattern LABEL =
            Pattern.compile(
                    "[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]+( [\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]+)*");

    /// A user's name: letters, digits and `._@+-`.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` naming `field`
    public static Name username(String field, String text) {
        Name name =
                find(text)
                        .orElseThrow(() ->
                                new Problem.Invalid(
                                                field,
                                                "must be 1 to 128 letters, digits or . _ @ + -"
                                                        + " characters")
                                        .exception());
        return name.requireOneScript(field);
    }

    /// A user's name that may or may not be one: what a login sends.
    public static Optional<Name> find(String text) {
        return parse(USERNAME, text);
    }

    /// The name of a group or a token: words with single spaces between them.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` naming `field`
    public static Name label(String field, String text) {
        return findLabel(text)
                .orElseThrow(() ->
                        new Problem.Invalid(
                                        field,
                                        "must be 1 to 128 printable characters without spaces at"
                                                + " its ends")
                                .exception())
                .requireOneScript(field);
    }

    /// The name of a group or a token that may or may not be one: what a search sends.
    public static Optional<Name> findLabel(String text) {
        return parse(LABEL, text);
    }

    /// How the name looks: names with one skeleton cannot be told apart.
    public String skeleton() {
        return Confusables.skeleton(key);
    }

    private Name requireOneScript(String field) {
        if (WORDS.splitAsStream(text).anyMatch(Confusables::mixesScripts)) {
            throw new Problem.Invalid(
                            field, "must not mix scripts, as Latin and Cyrillic, in a word")
                    .exception();
        }
        return this;
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
