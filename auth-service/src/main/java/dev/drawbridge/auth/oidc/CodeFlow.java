package dev.drawbridge.auth.oidc;

import dev.drawbridge.identity.Digest;
import dev.drawbridge.problem.Problem;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// The two requests of the authorization code flow (OpenID Connect Core 1.0 section 3.1) with PKCE
/// (RFC 7636).
@Singleton
public final class CodeFlow {
    private static final Logger LOG = Logger.getLogger(CodeFlow.class);

    /// What one sign-on is known by.
    ///
    /// @param state comes back through the browser
    /// @param nonce comes back in the ID token
    /// @param verifier is shown only to the provider, with the code
    public record Flow(String state, String nonce, String verifier, URI callback) {}

    /// Where the browser goes.
    ///
    /// @param fresh whether the provider must ask the person anew
    /// @throws dev.drawbridge.problem.ProblemException `UPSTREAM_ERROR`
    public URI authorization(Provider provider, Flow flow, boolean fresh) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", provider.registration().clientId());
        parameters.put("redirect_uri", flow.callback().toString());
        parameters.put("scope", String.join(" ", provider.registration().scopes()));
        parameters.put("state", flow.state());
        parameters.put("nonce", flow.nonce());
        parameters.put("code_challenge", challenge(flow.verifier()));
        parameters.put("code_challenge_method", "S256");
        if (fresh) {
            parameters.put("prompt", "login");
        }
        return withParameters(provider.metadata().authorization(), parameters);
    }

    /// The ID token for a code.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHENTICATION_ERROR` when the provider
    ///   does not take the code, `UPSTREAM_ERROR`
    public String redeem(Provider provider, Flow flow, String code) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", flow.callback().toString());
        form.put("code_verifier", flow.verifier());
        String client = provider.registration().clientId();
        String secret = provider.secret();
        ProviderMetadata metadata = provider.metadata();
        boolean basic = secret != null && metadata.basic();
        if (!basic) {
            form.put("client_id", client);
        }
        if (secret != null && !basic) {
            form.put("client_secret", secret);
        }
        var answer =
                provider.http()
                        .post(
                                metadata.token(),
                                form,
                                secret != null && basic ? new String[] {client, secret} : null);
        if (answer.body().getValue("id_token") instanceof String token) {
            return token;
        }
        Object error = answer.body().getValue("error");
        if ("invalid_grant".equals(error)) {
            throw new Problem.Unauthenticated("The identity provider did not take the code.")
                    .exception();
        }
        LOG.warnf(
                "The identity provider %s gives no ID token for a code: status %d, %s",
                provider.name(), answer.status(), word(error));
        throw new Problem.Upstream("The identity provider " + provider.name()).exception();
    }

    /// What an `error` says, where it has the form of a registered word (RFC 6749 sections 4.1.2.1
    /// and 5.2). Other text is anybody's, and neither shown nor logged.
    public static String word(@Nullable Object error) {
        return error instanceof String text && text.matches("[a-z_]{1,40}") ? text : "an error";
    }

    /// An address with more parameters than it had.
    public static URI withParameters(URI address, Map<String, String> parameters) {
        String text = address.toString();
        char separator = address.getRawQuery() == null ? '?' : '&';
        return URI.create(text + separator + ProviderHttp.encode(parameters));
    }

    private static String challenge(String verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Digest.of(verifier));
    }
}
