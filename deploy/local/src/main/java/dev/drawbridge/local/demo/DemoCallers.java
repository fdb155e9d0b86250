package dev.drawbridge.local.demo;

import com.fasterxml.jackson.databind.JsonNode;

import dev.drawbridge.local.demo.Demo.Caller;
import dev.drawbridge.local.home.Password;
import dev.drawbridge.local.home.Secrets;
import dev.drawbridge.local.rest.RestApi;
import dev.drawbridge.local.service.ServiceSpec;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gives the suite its demo by the public REST API, as its administrator would: the connection to
/// the retail database, and its people with groups, grants and an API token. What works already
/// stays as it is.
public final class DemoCallers implements AutoCloseable {
    private static final String CONNECTION_NAME = "retail";

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private final RestApi anonymous = new RestApi(http, "");
    private final DemoDatabase database;
    private final Secrets secrets;
    private final String auth;
    private final String gateway;

    public DemoCallers(DemoDatabase database, Secrets secrets, int portOffset) {
        this.database = database;
        this.secrets = secrets;
        this.auth = ServiceSpec.named(ServiceSpec.AUTH, portOffset).url() + "/api/v1";
        this.gateway = ServiceSpec.named(ServiceSpec.GATEWAY, portOffset).url() + "/api/v1";
    }

    /// Takes what an earlier `up` left, gives what is valid now.
    public Demo ensure(Optional<Demo> known) {
        if (known.isPresent() && works(known.get())) {
            return known.get();
        }
        var admin = anonymous.as(login("admin", secrets.password("admin")));
        String connection = ensureConnection(admin, known);
        var callers = new ArrayList<Caller>();
        for (Persona persona : Persona.ALL) {
            callers.add(ensureCaller(admin, persona, connection, known));
        }
        return new Demo(connection, DemoDatabase.NAME, database.dsn(), List.copyOf(callers));
    }

    /// Each token is accepted, and with each the connection is seen: so the grants are there too.
    private boolean works(Demo demo) {
        return demo.connection() != null
                && demo.dsn().equals(database.dsn())
                && demo.callers().size() == Persona.ALL.size()
                && demo.callers().stream()
                        .map(caller -> anonymous.as(caller.token()))
                        .allMatch(caller ->
                                caller.get(auth + "/auth/me").isSuccess()
                                        && caller.get(connectionUrl(demo)).isSuccess());
    }

    private String connectionUrl(Demo demo) {
        return gateway + "/connections/" + demo.connection();
    }

    private String login(String username, Password password) {
        var answer =
                anonymous.post(
                        auth + "/auth/login",
                        Map.of("username", username, "password", password.reveal()));
        if (!answer.isSuccess()) {
            throw RestApi.refused("The login of " + username, answer);
        }
        return answer.text("token");
    }

    /// A connection of that name which was made for other circumstances (another port, another
    /// password) is replaced.
    private String ensureConnection(RestApi admin, Optional<Demo> known) {
        var existing = find(admin, gateway + "/connections", "name", CONNECTION_NAME);
        boolean usable =
                known.filter(it -> it.dsn().equals(database.dsn()))
                        .filter(it -> it.connection() != null)
                        .filter(it -> existing.equals(Optional.ofNullable(it.connection())))
                        .isPresent();
        if (usable) {
            return existing.orElseThrow();
        }
        existing.ifPresent(id -> admin.delete(gateway + "/connections/" + id));
        return admin.create(gateway + "/connections", connection()).text("id");
    }

    private Map<String, ?> connection() {
        var server = database.server();
        return Map.ofEntries(
                Map.entry("name", CONNECTION_NAME),
                Map.entry("host", server.host()),
                Map.entry("port", server.port()),
                Map.entry("database", DemoDatabase.NAME),
                Map.entry("username", DemoDatabase.AGENT),
                Map.entry("password", database.agentPassword().reveal()),
                Map.entry("tlsMode", tlsMode(server.tls().mode())),
                Map.entry("environment", "dev"),
                Map.entry("allowWrites", false),
                Map.entry(
                        "rls",
                        Map.of(
                                "mode",
                                "claims",
                                "settings",
                                Map.of(
                                        "app.retail_role", "attributes.retail_role",
                                        "app.store_id", "attributes.store_id",
                                        "app.region", "attributes.region"))));
    }

    /// A connection has no `prefer` or `allow`: they promise nothing.
    private static String tlsMode(String libpqMode) {
        return switch (libpqMode) {
            case "require", "verify-ca", "verify-full" -> libpqMode;
            default -> "disable";
        };
    }

    private Caller ensureCaller(
            RestApi admin, Persona persona, String connection, Optional<Demo> known) {
        var earlier =
                known.stream()
                        .flatMap(it -> it.callers().stream())
                        .filter(it -> it.name().equals(persona.name()))
                        .findFirst();
        String password = earlier.map(Caller::password).orElseGet(secrets::newPassword);
        String user = ensureUser(admin, persona, new Password(password));
        ensureGroup(admin, persona, user, connection);
        String token =
                earlier.map(Caller::token)
                        .filter(it -> anonymous.as(it).get(auth + "/auth/me").isSuccess())
                        .orElseGet(() -> newToken(persona, new Password(password)));
        return new Caller(persona.name(), persona.name(), password, token);
    }

    /// A user whose password is not known any more gets this one.
    private String ensureUser(RestApi admin, Persona persona, Password password) {
        var existing = find(admin, auth + "/users", "username", persona.name());
        if (existing.isEmpty()) {
            var user =
                    Map.of(
                            "username", persona.name(),
                            "password", password.reveal(),
                            "attributes", persona.attributes());
            return admin.create(auth + "/users", user).text("id");
        }
        if (!accepts(persona, password)) {
            var change = Map.of("password", password.reveal(), "attributes", persona.attributes());
            admin.change(auth + "/users/" + existing.get(), change);
        }
        return existing.get();
    }

    private boolean accepts(Persona persona, Password password) {
        return anonymous
                .post(
                        auth + "/auth/login",
                        Map.of("username", persona.name(), "password", password.reveal()))
                .isSuccess();
    }

    private void ensureGroup(RestApi admin, Persona persona, String user, String connection) {
        String group =
                find(admin, auth + "/groups", "name", persona.group())
                        .orElseGet(() ->
                                admin.create(auth + "/groups", Map.of("name", persona.group()))
                                        .text("id"));
        present(admin, auth + "/groups/" + group + "/members", Map.of("userId", user));
        for (String object :
                List.of("connection:" + connection, "tool:*", "resource:*", "prompt:*")) {
            grant(admin, group, object, "read");
        }
        if (persona.administers()) {
            grant(admin, group, "connection:" + connection + "/" + DemoDatabase.NAME, "admin");
        }
    }

    private void grant(RestApi admin, String group, String object, String level) {
        present(
                admin,
                auth + "/grants",
                Map.of("groupId", group, "object", object, "level", level));
    }

    /// Creates it, or finds that it was there.
    private static void present(RestApi admin, String url, Map<String, ?> body) {
        var answer = admin.post(url, body);
        if (!answer.isSuccess() && answer.status() != 409) {
            throw RestApi.refused("POST " + url, answer);
        }
    }

    private String newToken(Persona persona, Password password) {
        return anonymous
                .as(login(persona.name(), password))
                .create(auth + "/auth/tokens", Map.of("name", "demo"))
                .text("token");
    }

    private static Optional<String> find(RestApi admin, String url, String field, String value) {
        return RestApi.items(url + "?limit=200", page -> found(admin, page)).stream()
                .filter(item -> item.path(field).asText().equals(value))
                .map(item -> item.path("id").asText())
                .findFirst();
    }

    private static JsonNode found(RestApi admin, String url) {
        var answer = admin.get(url);
        if (!answer.isSuccess()) {
            throw RestApi.refused("GET " + url, answer);
        }
        return answer.body();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
