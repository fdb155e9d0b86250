package dev.drawbridge.system.journey;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;

import java.util.List;
import java.util.Map;

/// What an administrator does in Keycloak's realm `drawbridge`, as docs/sign-on.md tells it.
final class KeycloakAdmin {
    private final String url;
    private final String password;

    KeycloakAdmin(String url, String password) {
        this.url = url;
        this.password = password;
    }

    /// Has scopes to ask for, and clients that come by themselves. Scopes that stand in a realm's
    /// file would come instead of the usual ones.
    ///
    /// @param resource what tokens are for
    void prepare(String resource) {
        addScope(
                "dbread",
                List.of(
                        mapper(
                                "oidc-audience-mapper",
                                Map.of("included.custom.audience", resource)),
                        mapper(
                                "oidc-group-membership-mapper",
                                Map.of("claim.name", "groups", "full.path", "false"))));
        addScope("dbwrite", List.of());
        letClientsRegister();
        takeDocumentsOfClients();
    }

    /// One that is given only when it is asked for, to the client of the realm's file and to those
    /// that register.
    private void addScope(String name, List<Map<String, ?>> mappers) {
        Map<String, ?> scope =
                Map.of(
                        "name",
                        name,
                        "protocol",
                        "openid-connect",
                        "attributes",
                        Map.of("include.in.token.scope", "true"),
                        "protocolMappers",
                        mappers);
        String location =
                admin().body(scope)
                        .post("/client-scopes")
                        .then()
                        .statusCode(201)
                        .extract()
                        .header("Location");
        String id = location.substring(location.lastIndexOf('/') + 1);
        admin().put("/default-optional-client-scopes/" + id).then().statusCode(204);
        String client = id("clients", Map.of("clientId", "mcp-client"));
        admin().put("/clients/" + client + "/optional-client-scopes/" + id).then().statusCode(204);
    }

    private static Map<String, ?> mapper(String kind, Map<String, String> config) {
        var all = new java.util.HashMap<>(config);
        all.put("access.token.claim", "true");
        return Map.of(
                "name", kind,
                "protocol", "openid-connect",
                "protocolMapper", kind,
                "config", all);
    }

    /// From this machine (RFC 7591).
    private void letClientsRegister() {
        List<Map<String, Object>> policies =
                admin().queryParam("name", "Trusted Hosts").get("/components").path("");
        Map<String, Object> trusted = policies.getFirst();
        trusted.put(
                "config",
                Map.of(
                        "trusted-hosts", List.of("127.0.0.1"),
                        "host-sending-registration-request-must-match", List.of("true"),
                        "client-uris-must-match", List.of("true")));
        admin().body(trusted).put("/components/" + trusted.get("id")).then().statusCode(204);
    }

    /// Clients whose id is the URL of what they say of themselves.
    private void takeDocumentsOfClients() {
        set(
                "/client-policies/profiles",
                """
                {"profiles": [{"name": "documents", "executors": [
                  {"executor": "client-id-metadata-document", "configuration": {
                    "cimd-allow-http-scheme": true,
                    "cimd-allow-permitted-domains": ["127.0.0.1"]}}]}]}
                """);
        set(
                "/client-policies/policies",
                """
                {"policies": [{"name": "documents", "enabled": true, "profiles": ["documents"],
                  "conditions": [{"condition": "client-id-uri", "configuration": {
                    "client-id-uri-scheme": ["http"],
                    "client-id-uri-allow-permitted-domains": ["127.0.0.1"]}}]}]}
                """);
    }

    private void set(String path, String json) {
        admin().body(json).put(path).then().statusCode(204);
    }

    /// Takes somebody out of a group.
    void removeFromGroup(String username, String group) {
        String user = id("users", Map.of("username", username, "exact", true));
        String id = id("groups", Map.of("search", group, "exact", true));
        admin().delete("/users/" + user + "/groups/" + id).then().statusCode(204);
    }

    /// Signs somebody out of everything.
    void signOut(String username) {
        String user = id("users", Map.of("username", username, "exact", true));
        admin().post("/users/" + user + "/logout").then().statusCode(204);
    }

    private String id(String kind, Map<String, ?> query) {
        return admin().queryParams(query).get("/" + kind).then().extract().path("[0].id");
    }

    private RequestSpecification admin() {
        String token =
                given().baseUri(url)
                        .formParams(
                                "grant_type", "password",
                                "client_id", "admin-cli",
                                "username", "admin",
                                "password", password)
                        .post("/realms/master/protocol/openid-connect/token")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("access_token");
        return given().baseUri(url + "/admin/realms/drawbridge")
                .contentType(ContentType.JSON)
                .header("Authorization", "Bearer " + token);
    }
}
