package dev.drawbridge.gateway.connection;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

/// Where a connection goes, and under what protection.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class ConnectionPlacesTest extends GatewayCase {
    @Test
    void a_connection_string_says_where_it_is_and_is_not_shown() {
        String id =
                register(strung("strung", "localhost", "sslmode=disable"))
                        .statusCode(201)
                        .body("host", equalTo("localhost"))
                        .body("port", equalTo(GatewayDatabases.postgres().port()))
                        .body("username", equalTo("agent"))
                        .body("tlsMode", equalTo("disable"))
                        .body("mode", equalTo("direct"))
                        .body(not(containsString("agent-secret")))
                        .body(not(containsString("url")))
                        .extract()
                        .path("id");
        admin().delete("/api/v1/connections/" + id).then().statusCode(204);
        register(strung("strung", "localhost", "sslmode=prefer"))
                .statusCode(400)
                .body("field", equalTo("url"))
                .body(not(containsString("agent-secret")));
        register(strung("strung", "localhost", "application_name=x"))
                .statusCode(400)
                .body("detail", containsString("application_name"));
    }

    private static JsonObject strung(String name, String host, String options) {
        String url =
                "postgres://agent:agent-secret@%s:%d/postgres?%s"
                        .formatted(host, GatewayDatabases.postgres().port(), options);
        return new JsonObject().put("name", name).put("url", url);
    }

    @Test
    void sessions_are_protected_unless_a_connection_says_otherwise() {
        var body = connection("unsaid");
        body.remove("tlsMode");

        register(body).statusCode(503).body("code", equalTo("DATABASE_UNAVAILABLE"));
        register(connection("unknown").put("tlsMode", "prefer"))
                .statusCode(400)
                .body("field", equalTo("tlsMode"));
        register(connection("broken").put("tlsCaCertificate", "x"))
                .statusCode(400)
                .body("field", equalTo("tlsCaCertificate"));
        register(connection("half").put("tlsMode", "require").put("tlsClientCertificate", "x"))
                .statusCode(400)
                .body("field", equalTo("tlsClientKey"));
        register(connection("odd").put("tlsMode", "require").put("tlsClientKey", "hush-hush"))
                .statusCode(400)
                .body("field", equalTo("tlsClientKey"))
                .body(not(containsString("hush-hush")));
    }

    @Test
    void other_endpoints_are_judged_shown_and_taken_away() {
        int port = GatewayDatabases.postgres().port();
        var endpoints =
                new JsonArray()
                        .add(
                                new JsonObject()
                                        .put("host", "localhost")
                                        .put("port", port)
                                        .put("role", "replica")
                                        .put("region", "there"))
                        .add(new JsonObject().put("host", "127.0.0.1").put("port", 1));
        String id =
                register(connection("spread").put("region", "here").put("endpoints", endpoints))
                        .statusCode(201)
                        .body("region", equalTo("here"))
                        .body("endpoints", hasSize(2))
                        .body("endpoints[0].host", equalTo("localhost"))
                        .body("endpoints[0].mode", equalTo("direct"))
                        .body("endpoints[0].role", equalTo("replica"))
                        .body("endpoints[0].region", equalTo("there"))
                        .extract()
                        .path("id");
        var path = "/api/v1/connections/" + id;

        admin().post(path + "/test")
                .then()
                .statusCode(200)
                .body("warnings", hasItem(containsString("endpoints.127.0.0.1:1: cannot be used")));
        admin().contentType(ContentType.JSON)
                .header("If-Match", "\"1\"")
                .body("{\"endpoints\":[],\"region\":\"\"}")
                .patch(path)
                .then()
                .statusCode(200)
                .body("endpoints", nullValue())
                .body("region", nullValue());
        admin().delete(path).then().statusCode(204);
    }

    @Test
    void an_endpoint_is_another_place_and_has_a_host() {
        var same =
                new JsonArray()
                        .add(
                                new JsonObject()
                                        .put("host", "127.0.0.1")
                                        .put("port", GatewayDatabases.postgres().port()));

        register(connection("doubled").put("endpoints", same))
                .statusCode(400)
                .body("field", equalTo("endpoints"));
        register(connection("nowhere").put("endpoints", new JsonArray().add(new JsonObject())))
                .statusCode(400)
                .body("field", equalTo("endpoints[0]"))
                .body("detail", containsString("host"));
    }
}
