package dev.drawbridge.gateway.connection;

import dev.drawbridge.gateway.target.Endpoint;
import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.TlsMode;
import dev.drawbridge.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A connection string as providers show it: `postgres://user:password@host:port/database?options`,
/// with several hosts where one may take another's place. What an option of libpq would change and
/// we would not is refused, so that nobody believes a promise that is not kept.
///
/// @param endpoints the first is where the connection is registered
/// @param database null when the string names none, as the others
/// @see <a href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS">
///   the form</a>
record ConnectionUrl(
        List<Endpoint> endpoints,
        @Nullable String username,
        @Nullable String password,
        @Nullable String database,
        @Nullable TlsMode tlsMode) {
    static final String FIELD = "url";

    private static final List<String> SCHEMES = List.of("postgres://", "postgresql://");

    /// What each of several hosts is asked for already: to be the primary, or to have its rows.
    private static final Set<String> SESSIONS = Set.of("any", "primary", "read-write");

    private static final Map<String, TlsMode> TLS =
            Map.of(
                    "disable", TlsMode.DISABLE,
                    "require", TlsMode.REQUIRE,
                    "verify-ca", TlsMode.VERIFY_CA,
                    "verify-full", TlsMode.VERIFY_FULL);

    /// Never the password.
    @Override
    public String toString() {
        return "url of " + endpoints;
    }

    /// Where the connection is not registered; null when there is but one place.
    @Nullable List<Endpoint> others() {
        return endpoints.size() == 1 ? null : endpoints.subList(1, endpoints.size());
    }

    /// Takes it apart.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR`, whose words hold nothing
    ///   of the string but names of options
    static ConnectionUrl parse(String url) {
        String rest = withoutScheme(url);
        int mark = rest.indexOf('?');
        Map<String, String> options = options(mark < 0 ? "" : rest.substring(mark + 1));
        String place = mark < 0 ? rest : rest.substring(0, mark);
        int slash = place.indexOf('/');
        String authority = slash < 0 ? place : place.substring(0, slash);
        String path = slash < 0 ? "" : place.substring(slash + 1);
        int at = authority.lastIndexOf('@');
        String login = at < 0 ? "" : authority.substring(0, at);
        int colon = login.indexOf(':');
        return new ConnectionUrl(
                endpoints(authority.substring(at + 1), "true".equals(options.get("pgbouncer"))),
                said(colon < 0 ? login : login.substring(0, colon)),
                colon < 0 ? null : said(login.substring(colon + 1)),
                said(path),
                tlsMode(options.get("sslmode")));
    }

    private static String withoutScheme(String url) {
        return SCHEMES.stream()
                .filter(url::startsWith)
                .map(scheme -> url.substring(scheme.length()))
                .findFirst()
                .orElseThrow(() -> invalid("must begin with postgres:// or postgresql://"));
    }

    private static List<Endpoint> endpoints(String hosts, boolean isPgBouncer) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (String one : hosts.split(",", -1)) {
            endpoints.add(endpoint(one, isPgBouncer));
        }
        return endpoints;
    }

    /// An IPv6 address stands in brackets, so that its colons are not taken for a port's.
    private static Endpoint endpoint(String text, boolean isPgBouncer) {
        boolean isBracketed = text.startsWith("[");
        int end = isBracketed ? text.indexOf(']') + 1 : Math.max(text.indexOf(':'), 0);
        if (isBracketed && end == 0) {
            throw invalid("has a bracket that is not closed");
        }
        String host = end == 0 ? text : text.substring(0, end);
        String after = text.substring(host.length());
        if (!after.isEmpty() && !after.startsWith(":")) {
            throw invalid("has something behind a host that is no port");
        }
        String name = isBracketed ? host.substring(1, host.length() - 1) : decoded(host);
        if (!Endpoint.isHost(name) || (name.contains(":") && !isBracketed)) {
            throw invalid("must name a host");
        }
        int port = after.length() < 2 ? Endpoint.DEFAULT_PORT : port(after.substring(1));
        PoolMode told = PoolMode.of(name, port);
        PoolMode mode = isPgBouncer && told == PoolMode.DIRECT ? PoolMode.TRANSACTION : told;
        return new Endpoint(name, port, mode, Endpoint.Role.PRIMARY, null);
    }

    private static int port(String digits) {
        try {
            int port = Integer.parseInt(digits);
            if (Endpoint.isPort(port)) {
                return port;
            }
        } catch (NumberFormatException _) {
            throw invalid("has a port that is no number"); // Its cause would show what it is.
        }
        throw invalid("has a port that is not 1 to 65535");
    }

    private static Map<String, String> options(String query) {
        Map<String, String> options = new HashMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            require(name, value);
            if (options.put(name, value) != null) {
                throw invalid("says " + name + " twice");
            }
        }
        return options;
    }

    private static void require(String name, String value) {
        boolean known =
                switch (name) {
                    case "sslmode" -> TLS.containsKey(value);
                    case "target_session_attrs" -> SESSIONS.contains(value);
                    case "pgbouncer" -> value.equals("true") || value.equals("false");
                    default ->
                            throw invalid(
                                    "has an option that is not for us: "
                                            + name.replaceAll("[^A-Za-z_]", "")
                                            + ". Take it out of the string; "
                                            + instead(name));
                };
        if (!known) {
            throw invalid(
                    switch (name) {
                        case "sslmode" ->
                                "has an sslmode that is none of disable, require, verify-ca and"
                                        + " verify-full: others may go without TLS unasked";
                        case "target_session_attrs" ->
                                "has target_session_attrs that are none of any, primary and"
                                        + " read-write: replicas are declared in endpoints";
                        default -> "has a pgbouncer that is neither true nor false";
                    });
        }
    }

    private static String instead(String name) {
        return switch (name) {
            case "sslrootcert" -> "the authority's PEM goes into tlsCaCertificate";
            case "sslcert", "sslkey" ->
                    "certificate and key go into tlsClientCertificate and tlsClientKey, as PEM";
            case "options" -> "a tenant of a pooler goes into the user: user.tenant";
            case "host", "port", "user", "password", "dbname" -> "it has a place before the ?";
            default -> "sslmode, target_session_attrs and pgbouncer are";
        };
    }

    private static @Nullable TlsMode tlsMode(@Nullable String name) {
        return name == null ? null : TLS.get(name);
    }

    private static @Nullable String said(String encoded) {
        return encoded.isEmpty() ? null : decoded(encoded);
    }

    /// RFC 3986: a plus is a plus.
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw invalid("has a % that begins no character"); // As above.
        }
    }

    private static RuntimeException invalid(String reason) {
        return new Problem.Invalid(FIELD, reason).exception();
    }
}
