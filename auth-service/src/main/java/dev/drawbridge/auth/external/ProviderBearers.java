package dev.drawbridge.auth.external;

import dev.drawbridge.auth.oidc.OidcConfig;
import dev.drawbridge.auth.oidc.Provider;
import dev.drawbridge.auth.oidc.ProviderTokens;
import dev.drawbridge.auth.oidc.Providers;
import dev.drawbridge.identity.AccessToken;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.Digest;
import dev.drawbridge.identity.Grants;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.identity.network.ClientAddress;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import jakarta.inject.Singleton;

import org.jose4j.jwt.JwtClaims;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Access tokens that a provider issued for us, as MCP clients bring them.
@Singleton
public final class ProviderBearers {
    private static final ProtectedObject EVERYTHING = ProtectedObject.parse("*");

    private final Providers providers;
    private final ProviderTokens tokens;
    private final OidcConfig config;
    private final ExternalUsers users;
    private final ExternalLogoutRepository logouts;

    ProviderBearers(
            Providers providers,
            ProviderTokens tokens,
            OidcConfig config,
            ExternalUsers users,
            ExternalLogoutRepository logouts) {
        this.providers = providers;
        this.tokens = tokens;
        this.config = config;
        this.users = users;
        this.logouts = logouts;
    }

    /// A token that works now, and whose it is.
    ///
    /// @param scopes what it lets through
    public record Bearer(String tenant, UUID user, Caller.Credential credential, Grants scopes) {}

    /// Whether a JWT claims to come from a provider. Nothing is checked yet.
    public boolean claims(String jwt) {
        return provider(jwt).isPresent();
    }

    /// Whose token this is.
    ///
    /// @param from who sent it; null when that is not known
    /// @throws ProblemException `AUTHENTICATION_ERROR`, also for a new person whose name is taken;
    ///   `UPSTREAM_ERROR` when the provider's keys cannot be had
    public Bearer get(String jwt, @Nullable ClientAddress from) {
        Provider provider = provider(jwt).orElseThrow(ProviderBearers::refused);
        JwtClaims claims = tokens.bearer(provider, jwt, config.resources().orElse(List.of()));
        ExternalPerson person = ExternalPerson.ofBearer(provider, claims);
        if (logouts.isLoggedOut(person)) {
            throw refused();
        }
        ExternalIdentity identity = identity(provider, person, from);
        if (!person.secondFactor() && users.needsSecondFactor(identity)) {
            throw new Problem.Unauthenticated(
                            "A group of yours asks for a second factor, which this token is without.")
                    .exception();
        }
        var credential =
                new Caller.Credential(CredentialType.PROVIDER_TOKEN, id(jwt), end(claims), null);
        return new Bearer(identity.tenant(), identity.user(), credential, scopes(claims));
    }

    /// Whoever cannot become a user has no valid credential: a conflict says nothing to a client.
    private ExternalIdentity identity(
            Provider provider, ExternalPerson person, @Nullable ClientAddress from) {
        try {
            return users.signOn(provider, person, from);
        } catch (ProblemException failure) {
            throw failure.problem() instanceof Problem.Conflict conflict
                    ? new Problem.Unauthenticated(conflict.reason()).exception(failure)
                    : failure;
        }
    }

    private Optional<Provider> provider(String jwt) {
        return AccessToken.claimedIssuer(jwt).flatMap(providers::ofIssuer);
    }

    private Grants scopes(JwtClaims claims) {
        if (config.scopes().isEmpty()) {
            return new Grants(Map.of(EVERYTHING, Level.WRITE));
        }
        Level level = Level.NONE;
        for (String scope : words(claims)) {
            level = Level.max(level, config.scopes().getOrDefault(scope, Level.NONE));
        }
        return level == Level.NONE ? Grants.NOTHING : new Grants(Map.of(EVERYTHING, level));
    }

    /// RFC 8693 section 4.2; `scp`, a list or a text, is what some providers write instead.
    private static List<String> words(JwtClaims claims) {
        Object told = claims.getClaimValue(claims.hasClaim("scope") ? "scope" : "scp");
        return switch (told) {
            case String text -> List.of(text.strip().split(" +"));
            case List<?> list -> list.stream().map(String::valueOf).toList();
            case null, default -> List.of();
        };
    }

    private static Instant end(JwtClaims claims) {
        try {
            return Instant.ofEpochSecond(claims.getExpirationTime().getValue());
        } catch (org.jose4j.jwt.MalformedClaimException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// A name for the token that tells nothing of it.
    private static UUID id(String jwt) {
        var digest = ByteBuffer.wrap(Digest.of(jwt));
        return new UUID(digest.getLong(), digest.getLong());
    }

    private static RuntimeException refused() {
        return new Problem.Unauthenticated("The credential is not valid.").exception();
    }
}
