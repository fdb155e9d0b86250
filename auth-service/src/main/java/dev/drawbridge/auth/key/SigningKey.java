package dev.drawbridge.auth.key;

import dev.drawbridge.identity.AccessToken;

import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// A key as it is stored.
///
/// @param sealedPrivateKey a JWK, sealed for the purpose [#purpose]
/// @param activeFrom when it begins to sign
/// @param activeUntil when its successor begins; null while there is none
record SigningKey(
        String kid,
        JsonObject publicJwk,
        String sealedPrivateKey,
        Instant activeFrom,
        @Nullable Instant activeUntil) {
    /// For replicas that hear of a successor late, and for clocks that differ.
    private static final Duration SLACK = Duration.ofMinutes(2);

    static String purpose(String kid) {
        return "signing-key:" + kid;
    }

    boolean hasBegun(Instant now) {
        return !activeFrom.isAfter(now);
    }

    /// Whether a token that it signed may still be valid.
    boolean isPublished(Instant now) {
        return activeUntil == null
                || activeUntil.plus(AccessToken.LIFETIME).plus(SLACK).isAfter(now);
    }
}
