package dev.drawbridge.auth.oidc;

import dev.drawbridge.identity.Level;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Identity providers where people sign on, and whose tokens are taken.
@ConfigMapping(prefix = "auth.oidc")
public interface OidcConfig {
    /// The providers, by the name in their URLs: lower-case letters, digits and hyphens.
    Map<String, Registration> providers();

    /// What a provider's bearer token must have been issued for: one of these in `aud` (RFC 8707),
    /// such as `https://db.example.com/mcp/v1`. Without any, no such token is taken.
    Optional<List<String>> resources();

    /// Up to which level an OAuth scope in a bearer token lets through: `read`, `write` or `admin`.
    /// Without any, every token of a provider lets through `write`.
    Map<String, Level> scopes();

    /// Origins that a browser may be sent to after a sign-on, beside paths of our own, such as
    /// `https://chat.example.com`.
    Optional<List<String>> redirectOrigins();

    /// How long a sign-on may take, from its start to the provider's answer.
    @WithDefault("10m")
    Duration signOnTimeout();

    /// How long one request to a provider may take.
    @WithDefault("5s")
    Duration timeout();

    /// The least time between two fetches of a provider's keys because of an unknown one.
    @WithDefault("10s")
    Duration keyRefetch();

    /// What a provider and we have agreed on.
    interface Registration {
        /// The issuer, to the letter: `https`, or `http` on loopback.
        URI issuer();

        /// Our client there.
        String clientId();

        /// A file with the client's secret, read at every sign-on; none for a public client.
        Optional<Path> clientSecretFile();

        /// Where the provider sends the browser behind its logout; it must know the address.
        Optional<URI> postLogoutRedirect();

        /// What people read on the button.
        Optional<String> label();

        /// Scopes that a sign-on asks for.
        @WithDefault("openid,profile,email")
        List<String> scopes();

        /// The claim that becomes the name of a new user.
        @WithDefault("preferred_username")
        String usernameClaim();

        /// Whether people who are not known here become users.
        @WithDefault("true")
        boolean provision();

        /// The claim with a person's groups; `a.b` is `b` inside `a`.
        @WithDefault("groups")
        String groupsClaim();

        /// The group here for a value of the groups claim. Values that are not named give nothing.
        Map<String, String> groups();

        /// The claim that says a person's tenant; without it everybody is in the tenant `default`.
        Optional<String> tenantClaim();

        /// The tenant here for a value of the tenant claim. Who has none of them does not get in.
        Map<String, String> tenants();

        /// Values of `acr` that stand for a second factor. An `amr` with `mfa` (RFC 8176) does
        /// anyway.
        Optional<List<String>> secondFactorAcr();

        /// Attributes of the user, by name, each with the claim that it is taken from.
        Map<String, String> attributes();
    }
}
