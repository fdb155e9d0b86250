package dev.drawbridge.auth.signon;

import dev.drawbridge.auth.key.IssuerConfig;
import dev.drawbridge.auth.oidc.OidcConfig;
import dev.drawbridge.auth.session.SessionConfig;
import dev.drawbridge.identity.Digest;
import dev.drawbridge.identity.network.BaseUrl;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.NewCookie;

import java.net.URI;
import java.util.HexFormat;

/// Under which URLs browsers know us, and our cookies.
@Singleton
final class Addresses {
    static final String PATH = "/api/v1/auth/oidc";
    private static final String COOKIE = "drawbridge_sign_on_";
    private static final int DISTINCT = 6;

    private final BaseUrl base;
    private final OidcConfig oidc;
    private final boolean secure;

    Addresses(IssuerConfig config, OidcConfig oidc, SessionConfig sessions) {
        this.oidc = oidc;
        this.secure = sessions.cookieSecure();
        this.base =
                config.publicUrl().map(BaseUrl::of).orElseGet(() -> new BaseUrl(config.issuer()));
    }

    /// The `redirect_uri` to register at the provider.
    URI callback(String provider) {
        return base.at(PATH + "/" + provider + "/callback");
    }

    /// The cookie that a sign-on is bound to. Lax, because the provider sends the browser back.
    NewCookie cookie(SignOn.Started started) {
        return cookie(started.state())
                .value(started.secret().cookie())
                .maxAge((int) oidc.signOnTimeout().toSeconds())
                .build();
    }

    /// The same cookie, to be forgotten.
    NewCookie ended(SignOn.Answer answer) {
        String state = answer.state();
        return cookie(state == null ? "" : state).value("").maxAge(0).build();
    }

    private NewCookie.Builder cookie(String state) {
        return new NewCookie.Builder(cookieName(state))
                .path(PATH)
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.LAX);
    }

    /// One cookie for each sign-on, so that two tabs do not spoil one another's.
    static String cookieName(String state) {
        return COOKIE + HexFormat.of().formatHex(Digest.of(state), 0, DISTINCT);
    }
}
