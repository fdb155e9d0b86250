package dev.drawbridge.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.stream.Collectors;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class ListedResourcesTest extends GatewayCase {
    @Test
    void a_connection_that_is_renamed_leaves_its_name_to_another() {
        String first = register("till").statusCode(201).extract().path("id");
        admin().contentType(ContentType.JSON)
                .header("If-Match", "\"1\"")
                .body("{\"name\":\"old till\"}")
                .patch("/api/v1/connections/" + first)
                .then()
                .statusCode(200);
        String second = register("till").statusCode(201).extract().path("id");

        assertThat(titles()).containsEntry(first, "old till").containsEntry(second, "till");
        for (String id : new String[] {first, second}) {
            admin().delete("/api/v1/connections/" + id).then().statusCode(204);
        }
        assertThat(titles()).doesNotContainKeys(first, second);
    }

    @Test
    void connections_of_two_tenants_may_have_one_name() {
        String foreign = register("twin").statusCode(201).extract().path("id");
        GatewayDatabases.postgres()
                .run(
                        "update gateway.connection set tenant = 'other', version = version + 1"
                                + " where id = '%s'".formatted(foreign));
        String own = register("twin").statusCode(201).extract().path("id");

        assertThat(titles()).containsEntry(own, "twin").doesNotContainKey(foreign);
        admin().delete("/api/v1/connections/" + own).then().statusCode(204);
        GatewayDatabases.postgres()
                .run("delete from gateway.connection where id = '%s'".formatted(foreign));
    }

    /// Titles of the listed resources, by the connection that they are of.
    private Map<String, String> titles() {
        return McpClient.connect(endpoint, "admin")
                .request("resources/list", new JsonObject())
                .getJsonArray("resources")
                .stream()
                .map(JsonObject.class::cast)
                .filter(resource -> resource.getString("uri").endsWith("/info"))
                .collect(
                        Collectors.toMap(
                                resource -> resource.getString("uri").split("/")[2],
                                resource -> resource.getString("title")));
    }
}
