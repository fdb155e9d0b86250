package dev.drawbridge.local.postgres;

import dev.drawbridge.local.home.Password;
import dev.drawbridge.local.report.LaunchException;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Reads what `--datastore` was given. No sentence here repeats the text: it holds a password.
public final class DatastoreUrl {
    private static final int DEFAULT_PORT = 5432;

    private DatastoreUrl() {}

    /// Takes `postgresql://user:password@host:port/database?sslmode=…`, as libpq writes it, with
    /// the password percent-encoded or, when there is none, from PGPASSWORD.
    public static Datastore parse(String text, Map<String, String> environment) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException _) {
            throw malformed("it does not parse (are special characters percent-encoded?)");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme();
        if (!scheme.equals("postgresql") && !scheme.equals("postgres")) {
            throw malformed("it does not start with postgresql://");
        }
        if (uri.getHost() == null) {
            throw malformed("it names no single host");
        }
        var parameters = parameters(uri);
        var credentials = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
        int colon = credentials.indexOf(':');
        String user = decode(colon < 0 ? credentials : credentials.substring(0, colon));
        if (user.isEmpty()) {
            throw malformed("it names no user");
        }
        String password =
                colon < 0
                        ? environment.getOrDefault("PGPASSWORD", "")
                        : decode(credentials.substring(colon + 1));
        var server =
                new Server(
                        uri.getHost().replaceAll("^\\[|]$", ""),
                        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                        user,
                        new Password(password),
                        new Server.Tls(
                                parameters.getOrDefault("sslmode", "prefer"),
                                parameters.getOrDefault("sslrootcert", "")));
        return new Datastore(server, database(uri, user), false);
    }

    private static String database(URI uri, String user) {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        String name = decode(path.startsWith("/") ? path.substring(1) : path);
        return name.isEmpty() ? user : name;
    }

    private static Map<String, String> parameters(URI uri) {
        var parameters = new HashMap<String, String>();
        if (uri.getRawQuery() == null) {
            return parameters;
        }
        for (String pair : uri.getRawQuery().split("&", -1)) {
            String[] halves = pair.split("=", 2);
            String name = decode(halves[0]);
            if (!name.equals("sslmode") && !name.equals("sslrootcert")) {
                throw malformed("the parameter " + name + " is not known (sslmode, sslrootcert)");
            }
            parameters.put(name, halves.length < 2 ? "" : decode(halves[1]));
        }
        return parameters;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw malformed("a percent sign is not followed by two hexadecimal digits");
        }
    }

    private static LaunchException malformed(String reason) {
        return new LaunchException(
                "--datastore is not a URL like postgresql://user:password@host:5432/database: "
                        + reason
                        + ".");
    }
}
