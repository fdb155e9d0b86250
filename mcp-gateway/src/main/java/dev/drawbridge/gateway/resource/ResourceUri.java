package dev.drawbridge.gateway.resource;

import dev.drawbridge.problem.Problem;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a resource is: `pg://{connection}/info` or `pg://{connection}/schema/{schema}/{table}`,
/// names percent-encoded.
sealed interface ResourceUri {
    String SCHEME = "pg://";
    Pattern INFO = Pattern.compile("pg://([^/]+)/info");
    Pattern TABLE = Pattern.compile("pg://([^/]+)/schema/([^/]+)/([^/]+)");

    String connection();

    /// The server behind a connection.
    record Info(String connection) implements ResourceUri {
        @Override
        public String toString() {
            return "pg://" + encoded(connection) + "/info";
        }
    }

    /// One table.
    record Table(String connection, String schema, String table) implements ResourceUri {
        @Override
        public String toString() {
            return "pg://"
                    + encoded(connection)
                    + "/schema/"
                    + encoded(schema)
                    + "/"
                    + encoded(table);
        }
    }

    /// Reads a URI.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `NOT_FOUND` for any other form
    static ResourceUri parse(String uri) {
        Matcher info = INFO.matcher(uri);
        if (info.matches()) {
            return new Info(decoded(info.group(1)));
        }
        Matcher table = TABLE.matcher(uri);
        if (table.matches()) {
            return new Table(
                    decoded(table.group(1)), decoded(table.group(2)), decoded(table.group(3)));
        }
        throw new Problem.NotFound("resource", uri).exception();
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new Problem.NotFound("resource", "with a malformed name").exception();
        }
    }
}
