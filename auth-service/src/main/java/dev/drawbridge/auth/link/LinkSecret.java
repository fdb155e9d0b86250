package dev.drawbridge.auth.link;

import dev.drawbridge.identity.Digest;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// The secret in a link: `dbl_` and 256 random bits in base64url, of which the SHA-256 is stored.
record LinkSecret(String text) {
    private static final int BYTES = 32;
    private static final String PREFIX = "dbl_";
    private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();

    static LinkSecret generate() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new LinkSecret(
                PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /// Empty for anything that cannot have been made by us.
    static Optional<LinkSecret> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new LinkSecret(text)) : Optional.empty();
    }

    byte[] sha256() {
        return Digest.of(text);
    }

    /// Never the secret.
    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
