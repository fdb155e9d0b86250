package dev.drawbridge.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.StatelessClient;
import dev.drawbridge.gateway.TestCallers;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.util.Map;

/// Who watches a resource of a connection that it may not read learns nothing of it, in both eras.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class ForeignResourcesTest extends GatewayCase {
    @Test
    void who_listens_to_what_it_may_not_read_hears_that_as_if_it_were_not_there() {
        TestCallers.know("cleo", Map.of(), "tool:*", "read", "resource:*", "read");
        String there = "pg://" + shop + "/info";
        String nowhere = there.replace(shop, "00000000-0000-0000-0000-000000000000");

        assertThat(listening("cleo", there)).isEqualTo(listening("cleo", nowhere));
        assertThat(listening("cleo", there)).doesNotContain("pg://");
        assertThat(listening("alice", there)).contains(there);
    }

    @Test
    void who_subscribes_to_what_it_may_not_read_is_told_that_it_is_not_there() {
        TestCallers.know("cleo", Map.of(), "tool:*", "read", "resource:*", "read");
        String there = "pg://" + shop + "/info";
        String nowhere = there.replace(shop, "00000000-0000-0000-0000-000000000000");

        for (String method : new String[] {"resources/subscribe", "resources/unsubscribe"}) {
            assertThat(told(subscribed("cleo", method, there), there))
                    .isEqualTo(told(subscribed("cleo", method, nowhere), nowhere));
        }
        assertThat(subscribed("cleo", "resources/subscribe", there)).contains("NOT_FOUND");
        assertThat(subscribed("alice", "resources/subscribe", there)).doesNotContain("error");
    }

    private String subscribed(String bearer, String method, String uri) {
        return McpClient.connect(endpoint, bearer)
                .request(method, new JsonObject().put("uri", uri))
                .encode();
    }

    /// What is acknowledged, and heard for the moment.
    private String listening(String bearer, String uri) {
        var wanted = new JsonObject().put("resourceSubscriptions", new JsonArray().add(uri));
        try (var stream =
                StatelessClient.of(endpoint, bearer)
                        .open(
                                "subscriptions/listen",
                                new JsonObject().put("notifications", wanted))) {
            return Awaitility.await(uri)
                    .until(stream::messages, heard -> !heard.isEmpty())
                    .toString();
        }
    }

    /// Without what differs from answer to answer, and what was asked with.
    private static String told(String answer, String id) {
        return answer.replace(id, "ID").replaceAll("\"traceId\":\"[0-9a-f]+\"", "");
    }
}
