package dev.drawbridge.auth.session;

import dev.drawbridge.identity.OpaqueCredential;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.NewCookie;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The session as a cookie: made, cleared, and read from requests of our own pages only.
@Singleton
public final class SessionCookie {
    /// A header that our own pages send with every request that may change something.
    public static final String MARKER = "X-Drawbridge-Request";

    private static final String NAME = "drawbridge_session";
    private static final String SITE = "Sec-Fetch-Site";

    private final boolean secure;
    private final List<String> origins;

    SessionCookie(SessionConfig config) {
        this.secure = config.cookieSecure();
        this.origins = config.cookieOrigins().orElse(List.of());
    }

    /// The cookie that gives a browser its session.
    public NewCookie of(OpaqueCredential session, Instant expiresAt) {
        long seconds = Duration.between(Instant.now(), expiresAt).toSeconds();
        return cookie(session.text(), (int) seconds);
    }

    /// The cookie that takes it away.
    public NewCookie cleared() {
        return cookie("", 0);
    }

    /// Passes when a request that wants a cookie was made by one of our pages: else anyone could
    /// sign a browser in as somebody else.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHENTICATION_ERROR`
    public void requireOwnPage(HttpServerRequest request) {
        if (!page(request).isOwn(origins)) {
            throw refused();
        }
    }

    /// The session in a request's cookie; empty without one.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHENTICATION_ERROR` when the cookie is
    ///   there twice, or may not count for this request
    Optional<String> read(HttpServerRequest request) {
        List<String> cookies = values(request);
        if (cookies.isEmpty()) {
            return Optional.empty();
        }
        if (cookies.size() > 1) {
            throw new Problem.Unauthenticated("The session cookie is there twice.").exception();
        }
        if (!page(request).mayUseCookie(origins)) {
            throw refused();
        }
        return Optional.of(cookies.getFirst());
    }

    /// Out of the header itself: the framework keeps one of two cookies of a name.
    private List<String> values(HttpServerRequest request) {
        return request.headers().getAll(HttpHeaders.COOKIE).stream()
                .flatMap(header -> ServerCookieDecoder.LAX.decodeAll(header).stream())
                .filter(cookie -> cookie.name().equals(name()))
                .map(Cookie::value)
                .toList();
    }

    private static OwnPage page(HttpServerRequest request) {
        return new OwnPage(
                request.method().name(),
                request.getHeader(MARKER),
                request.getHeader(SITE),
                request.headers().getAll(HttpHeaders.ORIGIN),
                request.getHeader(HttpHeaders.HOST));
    }

    private NewCookie cookie(String value, int seconds) {
        return new NewCookie.Builder(name())
                .value(value)
                .path("/")
                .maxAge(seconds)
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }

    /// With the prefix a browser takes the cookie only from this host, over TLS.
    private String name() {
        return secure ? "__Host-" + NAME : NAME;
    }

    private static ProblemException refused() {
        return new Problem.Unauthenticated(
                        "A session cookie counts for requests of our own pages only: same origin,"
                                + " with the header "
                                + MARKER
                                + ".")
                .exception();
    }
}
