package dev.drawbridge.auth.oidc;

import dev.drawbridge.auth.oidc.OidcConfig.Registration;
import dev.drawbridge.identity.network.BaseUrl;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// One identity provider, asked for what it says of itself when that is needed and not before: it
/// need not be up when we start.
public final class Provider {
    private static final Duration METADATA_FRESH = Duration.ofHours(1);

    private final String name;
    private final Registration registration;
    private final ProviderHttp http;
    private final ProviderKeys keys;
    private final InstantSource clock;
    private volatile Known known = new Known(null, Instant.MIN);

    private record Known(@Nullable ProviderMetadata metadata, Instant at) {}

    Provider(String name, Registration registration, OidcConfig config, HttpClient client) {
        this(name, registration, config, client, InstantSource.system());
    }

    Provider(
            String name,
            Registration registration,
            OidcConfig config,
            HttpClient client,
            InstantSource clock) {
        this.name = name;
        this.registration = registration;
        this.clock = clock;
        this.http = new ProviderHttp(client, name, config.timeout());
        this.keys =
                new ProviderKeys(
                        name,
                        () -> http.get(metadata().keys()).encode(),
                        new ProviderKeys.Pace(config.keyRefetch(), config.timeout()),
                        clock);
    }

    public String name() {
        return name;
    }

    public String issuer() {
        return registration.issuer().toString();
    }

    /// What the configuration says of it.
    public Registration registration() {
        return registration;
    }

    /// What it says of itself.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `UPSTREAM_ERROR`
    public ProviderMetadata metadata() {
        Known now = known;
        ProviderMetadata metadata = now.metadata();
        if (metadata != null && now.at().isAfter(clock.instant().minus(METADATA_FRESH))) {
            return metadata;
        }
        // Discovery 1.0 section 4.
        URI document = BaseUrl.of(registration.issuer()).at("/.well-known/openid-configuration");
        var found = ProviderMetadata.parse(name, registration.issuer(), http.get(document));
        known = new Known(found, clock.instant());
        return found;
    }

    ProviderKeys keys() {
        return keys;
    }

    ProviderHttp http() {
        return http;
    }

    /// The client's secret as its file holds it now; null for a public client.
    @Nullable String secret() {
        return registration.clientSecretFile().map(Provider::read).orElse(null);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The client secret file cannot be read", unreadable);
        }
    }
}
