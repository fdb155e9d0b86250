package dev.drawbridge.auth.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
class ManagementTest {

    @Test
    void is_ready_while_the_datastore_answers() {
        management("/q/health/ready")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("checks.name", contains("datastore"));
        management("/q/health/live").then().statusCode(200);
        management("/q/health/started").then().statusCode(200);
    }

    @Test
    void counts_logins_exchanges_and_hashes() {
        TestTenant tenant = TestTenant.fresh();
        Api.exchange(tenant.person("kim").session()).then().statusCode(200);
        Api.login(tenant.id(), "kim", TestTenant.PASSWORD).then().statusCode(200);
        Api.login(tenant.id(), "kim", "wrong password").then().statusCode(401);

        assertThat(management("/q/metrics").then().statusCode(200).extract().asString())
                .contains(
                        "auth_login_total{outcome=\"success\"}",
                        "auth_login_total{outcome=\"AUTHENTICATION_ERROR\"}",
                        "auth_exchange_total{outcome=\"success\"}",
                        "auth_password_hash_seconds_count{purpose=\"verify\"}",
                        "auth_password_queue");
    }

    @Test
    void describes_every_path_of_its_api() {
        assertThat(management("/q/openapi").then().statusCode(200).extract().asString())
                .contains(
                        "/api/v1/auth/login:",
                        "/api/v1/auth/logout:",
                        "/api/v1/auth/me:",
                        "/api/v1/auth/tokens:",
                        "/api/v1/auth/tokens/{id}:",
                        "/api/v1/auth/exchange:",
                        "/api/v1/auth/jwks:",
                        "/api/v1/auth/keys/rotate:",
                        "/api/v1/users:",
                        "/api/v1/groups/{group}/members:",
                        "/api/v1/grants/{id}:");
    }

    @Test
    void shows_none_of_this_where_clients_are() {
        for (String path : new String[] {"/q/health", "/q/metrics", "/q/openapi"}) {
            RestAssured.get(path).then().statusCode(404);
        }
    }

    private static io.restassured.response.Response management(String path) {
        int port =
                ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class);
        return RestAssured.given().port(port).get(path);
    }
}
