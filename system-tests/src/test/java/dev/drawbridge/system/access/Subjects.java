package dev.drawbridge.system.access;

import dev.drawbridge.system.rest.AuthApi;
import dev.drawbridge.system.suite.Suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Things for the variables of a path: made anew for each request, for the request may end them.
final class Subjects {
    private final Suite suite;
    private final AuthApi api;
    private final String admin;
    private final List<String> connections = new ArrayList<>();

    Subjects(Suite suite) {
        this.suite = suite;
        this.api = new AuthApi(suite);
        this.admin = api.admin();
    }

    /// The path with something of the default tenant for each variable.
    String fill(String path) {
        if (!path.contains("{")) {
            return path;
        }
        String filled = path;
        if (path.startsWith("/api/v1/users/{")) {
            filled = first(path, api.createPerson(admin, Map.of()).id());
        } else if (path.startsWith("/api/v1/groups/{")) {
            filled = first(path, api.createPerson(admin, Map.of()).group());
        } else if (path.startsWith("/api/v1/auth/tokens/{")) {
            filled = first(path, api.createToken(admin, Map.of()).id());
        } else if (path.startsWith("/api/v1/connections/{")) {
            filled = first(path, connection());
        }
        return filled.replaceAll("\\{\\w+}", UUID.randomUUID().toString());
    }

    /// Another one on the demo database.
    private String connection() {
        var demo = suite.demo();
        Map<String, ?> wanted =
                Map.of(
                        "name", "access-" + UUID.randomUUID(),
                        "host", demo.host(),
                        "port", demo.port(),
                        "database", demo.name(),
                        "username", demo.user(),
                        "password", demo.password(),
                        "tlsMode", "disable");
        String made =
                api.gateway(admin)
                        .body(wanted)
                        .post("/api/v1/connections")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
        connections.add(made);
        return made;
    }

    /// Ends the connections that are left, which every caller would see otherwise.
    void clear() {
        connections.forEach(id -> api.gateway(admin).delete("/api/v1/connections/" + id));
    }

    private static String first(String path, String value) {
        return path.replaceFirst("\\{\\w+}", value);
    }
}
