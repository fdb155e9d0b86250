package dev.drawbridge.auth.exchange;

import dev.drawbridge.auth.key.IssuerConfig;
import dev.drawbridge.auth.key.SigningKeys;
import dev.drawbridge.identity.AccessToken;
import dev.drawbridge.identity.Caller;

import jakarta.inject.Singleton;

import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;

import java.time.Duration;
import java.time.Instant;

/// Issues access tokens: for five minutes, or for what is left of the credential.
@Singleton
final class AccessTokens {
    private final SigningKeys keys;
    private final IssuerConfig config;

    AccessTokens(SigningKeys keys, IssuerConfig config) {
        this.keys = keys;
        this.config = config;
    }

    /// An access token in its compact form.
    record Issued(String text, Duration lifetime) {}

    Issued issue(Caller caller, Instant now) {
        JwtClaims claims = AccessToken.claims(config.issuer(), caller, now);
        Instant end = now.plus(AccessToken.LIFETIME);
        Instant credentialEnd = caller.credential().expiresAt();
        if (credentialEnd != null && credentialEnd.isBefore(end)) {
            end = credentialEnd;
            claims.setExpirationTime(NumericDate.fromSeconds(end.getEpochSecond()));
        }
        return new Issued(
                keys.sign(claims), Duration.ofSeconds(end.getEpochSecond() - now.getEpochSecond()));
    }
}
