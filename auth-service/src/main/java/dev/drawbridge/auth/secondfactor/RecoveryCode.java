package dev.drawbridge.auth.secondfactor;

import dev.drawbridge.identity.Digest;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A code that stands in for a lost authenticator, once: 80 random bits, written
/// `xxxx-xxxx-xxxx-xxxx`.
///
/// @param text a secret
record RecoveryCode(String text) {
    private static final int BYTES = 10;
    private static final Pattern FORM = Pattern.compile("([a-z2-7]{4}-?){3}[a-z2-7]{4}");
    private static final Pattern BETWEEN = Pattern.compile("(?<=\\G.{4})(?=.)");
    private static final SecureRandom RANDOM = new SecureRandom();

    static RecoveryCode generate() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        String letters = Totp.base32(bytes).toLowerCase(Locale.ROOT);
        return new RecoveryCode(BETWEEN.matcher(letters).replaceAll("-"));
    }

    /// One as it was typed, with or without hyphens and in any case; empty for anything else.
    static Optional<RecoveryCode> parse(String typed) {
        String text = typed.strip().toLowerCase(Locale.ROOT);
        return FORM.matcher(text).matches()
                ? Optional.of(
                        new RecoveryCode(BETWEEN.matcher(text.replace("-", "")).replaceAll("-")))
                : Optional.empty();
    }

    /// What is stored. 80 random bits need neither salt nor cost.
    byte[] sha256() {
        return Digest.of(text);
    }

    /// Never the secret.
    @Override
    public String toString() {
        return "RecoveryCode[…]";
    }
}
