package dev.drawbridge.system.rest;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an operator's tools read, on a port of its own.
@WithSuite
class HealthTest {
    private final Suite suite;

    HealthTest(Suite suite) {
        this.suite = suite;
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth-service", "mcp-gateway"})
    void is_ready_with_its_datastore_checked(String service) {
        given().baseUri(suite.management(service))
                .get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("checks", not(hasSize(0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth-service", "mcp-gateway"})
    void is_live_and_started(String service) {
        for (String kind : new String[] {"live", "started"}) {
            given().baseUri(suite.management(service))
                    .get("/q/health/" + kind)
                    .then()
                    .statusCode(200)
                    .body("status", equalTo("UP"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth-service", "mcp-gateway"})
    void has_metrics_and_a_description_of_its_interface(String service) {
        String metrics = given().baseUri(suite.management(service)).get("/q/metrics").asString();

        assertThat(metrics).contains("http_server_requests_seconds_count", "jvm_memory_used_bytes");
        given().baseUri(suite.management(service))
                .accept("application/json")
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("openapi", containsString("3."));
    }

    @Test
    void describes_what_the_tools_answer_to_programs() {
        String answer =
                "paths.'/api/v1/mcp/tools%s'.%s.responses.'200'.content.'application/json'.schema.'$ref'";
        var api =
                given().baseUri(suite.management("mcp-gateway"))
                        .get("/q/openapi?format=json")
                        .jsonPath();

        assertThat(api.getString(answer.formatted("", "get"))).endsWith("/ToolList");
        assertThat(api.getString(answer.formatted("/call", "post"))).endsWith("/CallAnswer");
        assertThat(api.getString("paths.'/api/v1/mcp/tools/call'.post.responses.default.'$ref'"))
                .endsWith("/Problem");
        assertThat(api.getList("components.schemas.Problem.required")).contains("code", "status");
        assertThat(api.getList("components.schemas.Call.required")).containsExactly("name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools/Tool", "resources/Resource", "prompts/Prompt"})
    void describes_what_is_defined_of_each_kind(String kind) {
        String path = "/api/v1/mcp/" + kind.replaceFirst("/.*", "");
        String definition = "Own" + kind.replaceFirst(".*/", "") + "Definition";
        var api =
                given().baseUri(suite.management("mcp-gateway"))
                        .get("/q/openapi?format=json")
                        .jsonPath();

        assertThat(api.getMap("paths.'%s'.post.responses".formatted(path))).containsKey("201");
        assertThat(
                        api.getString(
                                "paths.'%s'.post.requestBody.content.'application/json'.schema.'$ref'"
                                        .formatted(path)))
                .endsWith("/" + definition);
        assertThat(
                        api.getString(
                                "components.schemas.OwnView%s.properties.definition"
                                        .formatted(definition)))
                .contains(definition);
        assertThat(api.getList("components.schemas.%s.required".formatted(definition)))
                .contains("name", "description");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health", "/q/metrics", "/q/openapi", "/q/data-keys"})
    void shows_nothing_of_it_on_the_ports_that_clients_use(String path) {
        for (String url : new String[] {suite.auth(), suite.gateway()}) {
            given().baseUri(url).get(path).then().statusCode(404);
        }
    }
}
