package dev.drawbridge.auth.name;

import dev.drawbridge.problem.Problem;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// An address to which mail can be sent: one `@`, no spaces, no quotes, at most 254 characters (RFC
/// 5321 section 4.5.3.1.3). Compared in lower case, since no mail system in use tells case apart.
///
/// @param text as it was typed, where mail is sent
/// @param key what is compared
public record EmailAddress(String text, String key) {
    private static final int MAX_LENGTH = 254;
    private static final Pattern FORM =
            Pattern.compile(
                    "[\\p{L}\\p{M}\\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}"
                            + "@[\\p{L}\\p{M}\\p{N}-]{1,63}(\\.[\\p{L}\\p{M}\\p{N}-]{1,63})*");

    /// The address.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` naming `field`
    public static EmailAddress parse(String field, String text) {
        return find(text)
                .orElseThrow(
                        () -> new Problem.Invalid(field, "must be an e-mail address").exception());
    }

    /// Empty for what is no address.
    public static Optional<EmailAddress> find(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String normal = Normalizer.normalize(text.strip(), Normalizer.Form.NFKC);
        return normal.length() <= MAX_LENGTH && FORM.matcher(normal).matches()
                ? Optional.of(new EmailAddress(normal, normal.toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }
}
