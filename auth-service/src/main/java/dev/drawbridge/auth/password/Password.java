package dev.drawbridge.auth.password;

import dev.drawbridge.problem.Problem;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;

/// A password that bcrypt can take whole: after NFKC (NIST SP 800-63B section 3.1.1.2) at most 72
/// bytes of UTF-8, for of a longer one bcrypt ignores the rest.
public final class Password {
    static final int MIN_LENGTH = 12;
    private static final int MAX_BYTES = 72;

    private final byte[] bytes;

    private Password(byte[] bytes) {
        this.bytes = bytes;
    }

    /// A password that is long enough. Whether it may be chosen, [PasswordPolicy] says.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` naming the field when it
    ///   is too short or too long
    static Password choose(String field, String text) {
        if (text.codePointCount(0, text.length()) < MIN_LENGTH) {
            throw new Problem.Invalid(field, "must have at least 12 characters").exception();
        }
        return attempt(text)
                .orElseThrow(() ->
                        new Problem.Invalid(field, "must have at most 72 bytes in UTF-8")
                                .exception());
    }

    /// A password that someone claims to know. Empty for one that nobody can have, found out
    /// without looking at the whole of it.
    public static Optional<Password> attempt(String text) {
        if (text.length() > MAX_BYTES * 2) {
            return Optional.empty();
        }
        byte[] bytes =
                Normalizer.normalize(text, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
        return bytes.length > MAX_BYTES ? Optional.empty() : Optional.of(new Password(bytes));
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /// Never the secret.
    @Override
    public String toString() {
        return "Password[…]";
    }
}
