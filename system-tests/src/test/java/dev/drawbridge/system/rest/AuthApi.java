package dev.drawbridge.system.rest;

import static io.restassured.RestAssured.given;

import static org.hamcrest.Matchers.oneOf;

import dev.drawbridge.system.suite.Database;
import dev.drawbridge.system.suite.Suite;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The REST calls that scripts make, on both services. Every secret that passes is remembered.
public final class AuthApi {
    private final Suite suite;
    private final String auth;

    public AuthApi(Suite suite) {
        this(suite, suite.auth());
    }

    /// The calls to another auth-service than the suite's first.
    AuthApi(Suite suite, String auth) {
        this.suite = suite;
        this.auth = auth;
    }

    /// An API token as it was created.
    public record Token(String id, String text) {}

    /// Somebody with a password, and the id of a group that has no other member.
    public record Person(String id, String username, String password, String group) {}

    public RequestSpecification auth(String credential) {
        return anonymous().header("Authorization", "Bearer " + credential);
    }

    public RequestSpecification anonymous() {
        return given().baseUri(auth).contentType(ContentType.JSON);
    }

    public RequestSpecification gateway(String credential) {
        return given().baseUri(suite.gateway())
                .contentType(ContentType.JSON)
                .header("Authorization", "Bearer " + credential);
    }

    public RequestSpecification anonymousGateway() {
        return given().baseUri(suite.gateway()).contentType(ContentType.JSON);
    }

    /// A session token.
    public String login(String username, String password) {
        return login("default", username, password);
    }

    public String login(String tenant, String username, String password) {
        return suite.secrets()
                .add(
                        anonymous()
                                .body(
                                        Map.of(
                                                "tenant",
                                                tenant,
                                                "username",
                                                username,
                                                "password",
                                                password))
                                .post("/api/v1/auth/login")
                                .then()
                                .statusCode(200)
                                .extract()
                                .path("token"));
    }

    public String admin() {
        return login(suite.summary().admin().username(), suite.adminPassword());
    }

    /// A session of one of the demo's callers.
    public String loginOf(String caller) {
        var known = suite.caller(caller);
        return login(known.username(), known.password());
    }

    /// A token with a name of its own; `more` may limit it.
    public Token createToken(String credential, Map<String, ?> more) {
        var request = new HashMap<String, Object>(more);
        request.put("name", "test-" + UUID.randomUUID());
        var created =
                auth(credential)
                        .body(request)
                        .post("/api/v1/auth/tokens")
                        .then()
                        .statusCode(201)
                        .extract();
        return new Token(created.path("id"), suite.secrets().add(created.path("token")));
    }

    /// The access token that a session or API token is exchanged for.
    public String exchange(String credential) {
        return suite.secrets()
                .add(
                        given().baseUri(auth)
                                .formParam(
                                        "grant_type",
                                        "urn:ietf:params:oauth:grant-type:token-exchange")
                                .formParam("subject_token", credential)
                                .formParam(
                                        "subject_token_type",
                                        "urn:ietf:params:oauth:token-type:access_token")
                                .post("/api/v1/auth/exchange")
                                .then()
                                .statusCode(200)
                                .extract()
                                .path("access_token"));
    }

    public void revoke(String credential, Token token) {
        auth(credential).delete("/api/v1/auth/tokens/" + token.id()).then().statusCode(204);
    }

    /// Somebody new, who may nothing.
    public Person createPerson(String admin, Map<String, ?> attributes) {
        String name = "person-" + UUID.randomUUID();
        String password = suite.secrets().add("pw-" + UUID.randomUUID());
        String user =
                create(
                        admin,
                        "/api/v1/users",
                        Map.of("username", name, "password", password, "attributes", attributes));
        String group = create(admin, "/api/v1/groups", Map.of("name", name));
        auth(admin)
                .body(Map.of("userId", user))
                .post("/api/v1/groups/" + group + "/members")
                .then()
                .statusCode(201);
        return new Person(user, name, password, group);
    }

    /// The id of a new connection, which nobody was granted.
    public String createConnection(String admin, Database database) {
        return createConnection(admin, database.asConnection());
    }

    public String createConnection(String admin, Map<String, ?> connection) {
        return gateway(admin)
                .body(connection)
                .post("/api/v1/connections")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /// Lets a person read these objects.
    public void allow(String admin, Person person, List<String> objects) {
        allow(admin, person.group(), objects, "read");
    }

    public void allow(String admin, Person person, List<String> objects, String level) {
        allow(admin, person.group(), objects, level);
    }

    /// Lets a group read these objects, if it may not already.
    public void allow(String admin, String group, List<String> objects) {
        allow(admin, group, objects, "read");
    }

    public void allow(String admin, String group, List<String> objects, String level) {
        for (String object : objects) {
            auth(admin)
                    .body(Map.of("groupId", group, "object", object, "level", level))
                    .post("/api/v1/grants")
                    .then()
                    .statusCode(oneOf(201, 409));
        }
    }

    /// The id of a group of this name, which a kept suite may have already.
    public String group(String admin, String name) {
        List<String> known =
                auth(admin).queryParam("name", name).get("/api/v1/groups").path("items.id");
        return known.isEmpty()
                ? create(admin, "/api/v1/groups", Map.of("name", name))
                : known.getFirst();
    }

    private String create(String credential, String path, Map<String, ?> body) {
        return auth(credential).body(body).post(path).then().statusCode(201).extract().path("id");
    }
}
