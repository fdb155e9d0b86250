package dev.drawbridge.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesRegex;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
class ServiceRoleTest {
    private static final String TOKENS = "/api/v1/auth/tokens";
    private static final String ME = "/api/v1/auth/me";

    private final TestTenant tenant = TestTenant.fresh();
    private final Person root = tenant.superuser("root");

    @Test
    void is_a_credential_of_its_own_type() {
        String key =
                Api.as(root)
                        .body("{\"name\": \"back end\", \"type\": \"service_role\"}")
                        .post(TOKENS)
                        .then()
                        .statusCode(201)
                        .body("token", matchesRegex("dbr_[0-9A-Za-z]{49}"))
                        .body("type", equalTo("service_role"))
                        .extract()
                        .path("token");

        Api.bearer(key).get(ME).then().body("credential.type", equalTo("service_role"));
        Api.exchange(key).then().spec(Api.unauthenticated());
        Api.bearer("dbk_" + key.substring(4)).get(ME).then().spec(Api.unauthenticated());
    }

    @Test
    void works_from_trusted_networks_only() {
        String key = Api.newToken(root, "\"type\": \"service_role\"");
        String narrower =
                Api.newToken(
                        root, "\"type\": \"service_role\", \"allowedCidrs\": [\"10.7.1.0/24\"]");
        String wider =
                Api.newToken(root, "\"type\": \"service_role\", \"allowedCidrs\": [\"0.0.0.0/0\"]");

        Api.exchangeFrom(key, "10.7.0.9").then().statusCode(200);
        Api.exchangeFrom(key, "10.8.0.9").then().spec(Api.unauthenticated());
        Api.exchangeFrom(narrower, "10.7.1.9").then().statusCode(200);
        Api.exchangeFrom(narrower, "10.7.2.9").then().spec(Api.unauthenticated());
        Api.exchangeFrom(wider, "10.8.0.9").then().spec(Api.unauthenticated());
    }

    @Test
    void tells_other_services_from_where_it_works() {
        String key =
                Api.newToken(
                        root,
                        "\"type\": \"service_role\","
                                + " \"allowedCidrs\": [\"10.7.1.0/24\", \"10.8.0.0/16\"]");

        String jwt =
                Api.exchangeFrom(key, "10.7.1.9")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("access_token");

        Api.bearer(jwt).get(ME).then().spec(Api.unauthenticated());
        assertThat(networks(jwt)).containsExactly("10.7.1.0/24");
    }

    private static List<Object> networks(String jwt) {
        String payload =
                new String(
                        Base64.getUrlDecoder().decode(jwt.split("\\.")[1]), StandardCharsets.UTF_8);
        return new JsonObject(payload)
                        .getJsonObject("caller")
                        .getJsonObject("credential")
                        .getJsonArray("networks")
                        .stream()
                        .toList();
    }

    @Test
    void is_made_and_rotated_by_superusers_and_for_no_agent() {
        String wanted = "{\"name\": \"x\", \"type\": \"service_role\"}";
        Person admin = tenant.holding("admin", "*", "admin");
        String scoped =
                Api.newToken(root, "\"scopes\": [{\"object\": \"admin:*\", \"level\": \"admin\"}]");

        Api.as(admin).body(wanted).post(TOKENS).then().spec(Api.forbidden());
        Api.bearer(scoped).body(wanted).post(TOKENS).then().spec(Api.forbidden());
        Api.as(root)
                .body("{\"name\": \"x\", \"type\": \"service_role\", \"agentClass\": \"edge\"}")
                .post(TOKENS)
                .then()
                .spec(Api.invalid("agentClass"));
        String id =
                Api.as(root).body(wanted).post(TOKENS).then().statusCode(201).extract().path("id");
        Api.as(root)
                .body("{}")
                .post(TOKENS + "/" + id + "/rotate")
                .then()
                .statusCode(201)
                .body("token", matchesRegex("dbr_[0-9A-Za-z]{49}"));
    }
}
