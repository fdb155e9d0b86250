package dev.drawbridge.gateway.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// A statement that runs until its timeout, two seconds here.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class RunningCallsTest extends GatewayCase {
    private static final String ENDLESS =
            "select count(*) from generate_series(1, 1000000) a, generate_series(1, 1000000) b";

    @Test
    void who_asked_for_progress_hears_that_a_call_still_runs_before_its_answer() throws Exception {
        List<JsonObject> told = told(new JsonObject().put("progressToken", "p-1"));

        JsonObject progress = told.getFirst();
        assertThat(progress.getString("method")).isEqualTo("notifications/progress");
        assertThat(progress.getJsonObject("params").getString("progressToken")).isEqualTo("p-1");
        assertThat(progress.getJsonObject("params").getInteger("progress")).isEqualTo(1);
        assertThat(progress.getJsonObject("params").getString("message"))
                .isEqualTo("query_database has been running for 1 s.");
        assertThat(error(told.getLast().getJsonObject("result")).getString("code"))
                .isEqualTo("QUERY_TIMEOUT");
    }

    @Test
    void who_did_not_hears_the_answer_alone() throws Exception {
        assertThat(told(new JsonObject())).hasSize(1);
    }

    private List<JsonObject> told(JsonObject meta) throws InterruptedException {
        BlockingQueue<JsonObject> stream =
                McpClient.connect(endpoint, "alice")
                        .follow(
                                new JsonObject()
                                        .put("jsonrpc", "2.0")
                                        .put("id", 1)
                                        .put("method", "tools/call")
                                        .put(
                                                "params",
                                                new JsonObject()
                                                        .put("name", "query_database")
                                                        .put("arguments", sql(ENDLESS))
                                                        .put("_meta", meta)));
        List<JsonObject> told = new ArrayList<>();
        do {
            told.add(Objects.requireNonNull(stream.poll(10, TimeUnit.SECONDS)));
        } while (!told.getLast().containsKey("result"));
        return told;
    }
}
