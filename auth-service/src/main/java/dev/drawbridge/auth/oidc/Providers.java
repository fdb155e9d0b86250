package dev.drawbridge.auth.oidc;

import dev.drawbridge.auth.name.Name;
import dev.drawbridge.problem.Problem;

import io.quarkus.runtime.Startup;

import jakarta.inject.Singleton;

import java.net.http.HttpClient;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The configured providers. What is wrong in the configuration stops the start.
@Singleton
@Startup
public final class Providers {
    private final Map<String, Provider> byName = new TreeMap<>();

    Providers(OidcConfig config) {
        var client =
                HttpClient.newBuilder()
                        .connectTimeout(config.timeout())
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
        Set<String> issuers = new HashSet<>();
        config.providers()
                .forEach((name, registration) -> {
                    var provider = new Provider(name, registration, config, client);
                    require(name.matches("[a-z0-9][a-z0-9-]{0,30}"), name, "is no provider's name");
                    require(
                            ProviderMetadata.isSafe(registration.issuer())
                                    && registration.issuer().getQuery() == null
                                    && registration.issuer().getFragment() == null,
                            name,
                            "issuer must be an https URL");
                    require(
                            issuers.add(provider.issuer()),
                            name,
                            "has the issuer of another provider");
                    require(
                            registration.scopes().contains("openid"),
                            name,
                            "scopes must hold openid");
                    String secret = provider.secret();
                    require(
                            secret == null || !secret.isEmpty(),
                            name,
                            "client secret file is empty");
                    require(
                            config.resources().orElse(List.of()).stream()
                                    .noneMatch(registration.clientId()::equals),
                            name,
                            "client-id must be no resource: its ID tokens would be bearer tokens");
                    registration.groups().values().forEach(group -> Name.label("groups", group));
                    byName.put(name, provider);
                });
    }

    /// All of them, by name.
    public List<Provider> list() {
        return List.copyOf(byName.values());
    }

    /// The provider of a name.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `NOT_FOUND`
    public Provider get(String name) {
        Provider provider = byName.get(name);
        if (provider == null) {
            throw new Problem.NotFound("identity provider", "of that name").exception();
        }
        return provider;
    }

    /// The provider that issues under this name, compared to the letter.
    public Optional<Provider> ofIssuer(String issuer) {
        return byName.values().stream().filter(it -> it.issuer().equals(issuer)).findFirst();
    }

    private static void require(boolean holds, String provider, String what) {
        if (!holds) {
            throw new IllegalArgumentException("auth.oidc.providers." + provider + ": " + what);
        }
    }
}
