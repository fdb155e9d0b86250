package dev.drawbridge.system.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/// What the suite is told of the identity provider that some tests start: it need not be there when
/// the suite is.
///
/// @param keycloak its URL
/// @param secret of our client there
public record SignOnSettings(String keycloak, String secret, Path secretFile) {
    private static final String PROVIDER = "AUTH_OIDC_PROVIDERS_KEYCLOAK_";

    static SignOnSettings of(Home home) {
        try {
            Path file = Files.createDirectories(Checkout.target()).resolve("keycloak-client");
            if (!Files.exists(file)) {
                Files.writeString(file, "client-" + UUID.randomUUID());
            }
            return new SignOnSettings(
                    "http://127.0.0.1:" + (Home.KEYCLOAK + home.portOffset()),
                    Files.readString(file),
                    file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The provider's issuer.
    public String issuer() {
        return keycloak + "/realms/drawbridge";
    }

    Map<String, String> environment(Home home) {
        String gateway = "http://127.0.0.1:" + (Home.GATEWAY + home.portOffset());
        String auth = "http://127.0.0.1:" + (Home.AUTH + home.portOffset());
        return Map.ofEntries(
                Map.entry(PROVIDER + "ISSUER", issuer()),
                Map.entry(PROVIDER + "CLIENT_ID", "drawbridge"),
                Map.entry(PROVIDER + "CLIENT_SECRET_FILE", secretFile.toString()),
                Map.entry(PROVIDER + "GROUPS_ANALYSTS", "keycloak-analysts"),
                Map.entry(PROVIDER + "GROUPS_MANAGERS", "keycloak-managers"),
                Map.entry(PROVIDER + "POST_LOGOUT_REDIRECT", auth + "/bye"),
                Map.entry("AUTH_OIDC_RESOURCES", gateway + "/mcp/v1"),
                Map.entry("AUTH_OIDC_SCOPES_DBREAD", "read"),
                Map.entry("AUTH_OIDC_SCOPES_DBWRITE", "write"),
                Map.entry("GATEWAY_OAUTH_AUTHORIZATION_SERVERS", issuer()),
                Map.entry("GATEWAY_OAUTH_SCOPES", "dbread"),
                Map.entry("GATEWAY_OAUTH_STEP_UP_WRITE", "dbwrite"));
    }
}
