package dev.drawbridge.system.access;

import dev.drawbridge.system.rest.AuthApi;
import dev.drawbridge.system.suite.Suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Things for the variables of a path: made anew for each request, for the request may end them.
/// What belongs to somebody (tokens, sessions, identities at a provider) is the asking
/// administrator's, so that there is one who may.
final class Subjects {
    private static final String OBJECT = "tool:list_connections";

    private final Suite suite;
    private final AuthApi api;
    private final Credentials credentials;
    private final String root;
    private final String known;
    private final List<String> connections = new ArrayList<>();
    private final List<String> own = new ArrayList<>();

    Subjects(Suite suite, Credentials credentials) {
        this.suite = suite;
        this.api = new AuthApi(suite);
        this.credentials = credentials;
        this.root = api.admin();
        this.known = person();
    }

    /// What to ask, of something of the default tenant for each variable.
    Question of(Operation operation) {
        String path = operation.path().replaceFirst("^/api/v1", "");
        String filled = fill(operation);
        return switch (operation.method() + " " + path) {
            case "PATCH /users/{id}" -> Question.of(filled).with("displayName", "Lee Miller");
            case "PATCH /groups/{id}" -> Question.of(filled).with("name", "g-" + UUID.randomUUID());
            case "PATCH /grants/{id}" -> Question.of(filled).with("level", "write");
            case "PATCH /connections/{id}" ->
                    Question.of(filled).with("name", "test-" + UUID.randomUUID());
            case "PUT /mcp/tools/{name}", "PUT /mcp/resources/{name}", "PUT /mcp/prompts/{name}" ->
                    new Question(filled, OwnThings.definition(suite, filled));
            case "POST /groups/{group}/members" -> Question.of(filled).with("userId", known);
            case "POST /users/{id}/tokens" -> Question.of(filled).with("name", "t");
            case "GET /users/{id}/effective", "GET /auth/effective" ->
                    Question.of(filled + "?object=" + OBJECT);
            default -> Question.of(filled);
        };
    }

    private String fill(Operation operation) {
        String path = operation.path();
        if (!operation.hasVariables()) {
            return path;
        } else if (path.startsWith("/api/v1/users/{")) {
            return fill(path, user(operation));
        } else if (path.startsWith("/api/v1/groups/{")) {
            String group = group();
            return path.endsWith("/members/{id}")
                    ? fill(path, group, member(group))
                    : fill(path, group);
        } else if (path.startsWith("/api/v1/grants/{")) {
            return fill(path, grant());
        } else if (path.startsWith("/api/v1/invitations/{")) {
            return fill(path, invitation());
        } else if (path.startsWith("/api/v1/connections/{")) {
            return fill(path, connection(operation));
        } else if (path.startsWith("/api/v1/mcp/")) {
            return fill(path, own(path));
        } else if (path.startsWith("/api/v1/auth/tokens/{")) {
            return fill(path, api.createToken(credentials.of(Asker.ADMIN), Map.of()).id());
        } else if (path.startsWith("/api/v1/auth/sessions/{")) {
            return fill(path, session());
        } else if (path.startsWith("/api/v1/auth/oidc/identities/{")) {
            return fill(path, identity());
        }
        return fill(path, "nothing");
    }

    /// The path with these for its variables, in their order.
    private static String fill(String path, String... values) {
        String filled = path;
        for (String value : values) {
            filled = filled.replaceFirst("\\{\\w+}", value);
        }
        return filled;
    }

    /// Asked about, a person stays; asked to change or end, there is another each time.
    private String user(Operation operation) {
        if (operation.path().endsWith("/tokens")) {
            return create(
                    "/api/v1/users",
                    Map.of("username", "service-" + UUID.randomUUID(), "kind", "service"));
        }
        String user = operation.method().equals("GET") ? known : person();
        if (operation.path().endsWith("/second-factor")) {
            suite.datastore()
                    .change(
                            "insert into auth.second_factor"
                                    + " (tenant_id, user_id, secret, confirmed_at)"
                                    + " values ('default', ?, 'sealed', now())",
                            UUID.fromString(user));
        }
        return user;
    }

    private String own(String path) {
        String kind = path.substring(0, path.indexOf("/{"));
        String made = kind + "/own-" + UUID.randomUUID();
        api.gateway(root).body(OwnThings.definition(suite, made)).post(kind).then().statusCode(201);
        own.add(made);
        return OwnThings.name(made);
    }

    private String person() {
        return api.createPerson(root, Map.of()).id();
    }

    private String group() {
        return create("/api/v1/groups", Map.of("name", "group-" + UUID.randomUUID()));
    }

    private String member(String group) {
        return create("/api/v1/groups/" + group + "/members", Map.of("userId", known));
    }

    private String grant() {
        return create(
                "/api/v1/grants", Map.of("groupId", group(), "object", OBJECT, "level", "read"));
    }

    private String invitation() {
        return create("/api/v1/invitations", Map.of());
    }

    private String session() {
        return api.auth(credentials.another(Asker.ADMIN))
                .get("/api/v1/auth/me")
                .then()
                .statusCode(200)
                .extract()
                .path("credential.id");
    }

    /// No provider is there to link it by.
    private String identity() {
        var identity = UUID.randomUUID();
        suite.datastore()
                .change(
                        "insert into auth.external_identity (tenant_id, id, user_id, issuer, subject)"
                                + " values ('default', ?, ?, 'https://elsewhere.example', ?)",
                        identity,
                        UUID.fromString(credentials.id(Asker.ADMIN)),
                        identity.toString());
        return identity.toString();
    }

    /// Another one on the demo database, signing who asks where that is what is asked about.
    private String connection(Operation operation) {
        String made = api.createConnection(root, suite.demo());
        connections.add(made);
        if (operation.path().endsWith("/install-rls")) {
            api.gateway(root)
                    .header("If-Match", "*")
                    .body(Map.of("rls", Map.of("mode", "signed")))
                    .patch("/api/v1/connections/" + made)
                    .then()
                    .statusCode(200);
        }
        return made;
    }

    private String create(String path, Map<String, ?> body) {
        var answer = api.auth(root).body(body).post(path).then().statusCode(201).extract();
        suite.secrets().addAnswer(answer.asString());
        return answer.path("id");
    }

    /// Ends what was defined and the connections that are left, which every caller would see
    /// otherwise.
    void clear() {
        own.forEach(path -> api.gateway(root).delete(path));
        connections.forEach(id -> api.gateway(root).delete("/api/v1/connections/" + id));
    }
}
