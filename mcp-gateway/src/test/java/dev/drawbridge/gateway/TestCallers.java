package dev.drawbridge.gateway;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CallerSource;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.Grants;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.identity.network.Cidr;
import dev.drawbridge.problem.Problem;

import io.smallrye.mutiny.Uni;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Stands in for auth-service: a bearer text names a caller that a test has made.
@Singleton
public final class TestCallers implements CallerSource {
    /// Of a token that auth-service exchanges no more for now.
    public static final String EXHAUSTED = "exhausted";

    private static final Problem UNKNOWN =
            new Problem.Unauthenticated("The credential is not valid.");
    private static final Map<String, Caller> KNOWN = new ConcurrentHashMap<>();
    private static final Map<String, Cidr> ALLOWED = new ConcurrentHashMap<>();
    private static final Map<String, Problem> REFUSED = new ConcurrentHashMap<>();

    /// A caller with these grants, whose bearer is the name.
    public static Caller know(
            String name, Map<String, Object> attributes, String... grantsAndLevels) {
        return know(name, attributes, null, grantsAndLevels);
    }

    public static Caller know(
            String name,
            Map<String, Object> attributes,
            @Nullable Grants scopes,
            String... grantsAndLevels) {
        Map<ProtectedObject, Level> grants = new HashMap<>();
        for (int i = 0; i < grantsAndLevels.length; i += 2) {
            grants.put(
                    ProtectedObject.parse(grantsAndLevels[i]), Level.parse(grantsAndLevels[i + 1]));
        }
        var id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        var caller =
                new Caller(
                        id,
                        name,
                        "default",
                        false,
                        List.of(),
                        attributes,
                        new Caller.Credential(CredentialType.API_TOKEN, id, null, null),
                        new Grants(grants),
                        scopes);
        KNOWN.put(name, caller);
        return caller;
    }

    /// The same of another tenant.
    public static void know(String tenant, String name, List<String> grantsAndLevels) {
        Caller caller = know(name, Map.of(), grantsAndLevels.toArray(String[]::new));
        KNOWN.put(
                name,
                new Caller(
                        caller.id(),
                        name,
                        tenant,
                        false,
                        List.of(),
                        caller.attributes(),
                        caller.credential(),
                        caller.grants(),
                        null));
    }

    /// A caller who may read everything, with a credential of this type that lets this through.
    public static void know(String name, CredentialType type, Grants scopes) {
        know(name, type, scopes, "*", "read");
    }

    /// A caller with these grants, and a credential of this type that lets this through.
    public static void know(
            String name, CredentialType type, Grants scopes, String... grantsAndLevels) {
        Caller caller = know(name, Map.of("owner", name), scopes, grantsAndLevels);
        KNOWN.put(
                name,
                new Caller(
                        caller.id(),
                        name,
                        caller.tenant(),
                        false,
                        List.of(),
                        caller.attributes(),
                        new Caller.Credential(type, caller.id(), null, null),
                        caller.grants(),
                        scopes));
    }

    /// Another token of a caller, which may be used so often.
    public static void limited(String name, int requests, int perSeconds, Caller like) {
        UUID token = UUID.nameUUIDFromBytes((name + "'s token").getBytes(StandardCharsets.UTF_8));
        KNOWN.put(
                name,
                new Caller(
                        like.id(),
                        name,
                        like.tenant(),
                        false,
                        List.of(),
                        like.attributes(),
                        new Caller.Credential(
                                CredentialType.API_TOKEN,
                                token,
                                null,
                                null,
                                new Caller.RateLimit(requests, perSeconds)),
                        like.grants(),
                        null));
    }

    /// Limits a caller's credential to a network.
    public static void only(String name, String network) {
        ALLOWED.put(name, Cidr.parse(network));
    }

    /// A bearer that fails with this.
    public static void refuse(String bearer, Problem problem) {
        REFUSED.put(bearer, problem);
    }

    public static void forget(String name) {
        KNOWN.remove(name);
    }

    @Override
    public Uni<Caller> caller(String bearer) {
        if (bearer.equals(EXHAUSTED)) {
            return Uni.createFrom()
                    .failure(new Problem.RateLimited(Duration.ofSeconds(7)).exception());
        }
        Caller known = KNOWN.get(bearer);
        return known == null
                ? Uni.createFrom().failure(REFUSED.getOrDefault(bearer, UNKNOWN).exception())
                : Uni.createFrom().item(known);
    }

    @Override
    public Uni<Caller> caller(String bearer, String clientAddress) {
        Cidr allowed = ALLOWED.get(bearer);
        return allowed == null || allowed.contains(Cidr.address(clientAddress).orElseThrow())
                ? caller(bearer)
                : caller("");
    }
}
