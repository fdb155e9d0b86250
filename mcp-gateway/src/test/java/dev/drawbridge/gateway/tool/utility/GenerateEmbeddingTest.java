package dev.drawbridge.gateway.tool.utility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class GenerateEmbeddingTest extends GatewayCase {
    @Test
    void gives_a_vector_for_each_text() {
        JsonObject result =
                call(
                        "alice",
                        "generate_embedding",
                        new JsonObject().put("texts", new JsonArray().add("a tent").add("a lamp")));

        JsonObject made = structured(result);
        assertThat(made.getString("model")).isEqualTo("all-minilm-l6-v2-q");
        assertThat(made.getInteger("dimensions")).isEqualTo(384);
        assertThat(made.getJsonArray("vectors")).hasSize(2);
        assertThat(made.getJsonArray("vectors").getJsonArray(1)).hasSize(384);
        assertThat(text(result))
                .isEqualTo(
                        "2 vectors of 384 numbers by all-minilm-l6-v2-q, in the structured content.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"text\": \"x\", \"texts\": [\"y\"]}",
                "{\"texts\": []}",
                "{\"text\": \"\"}",
                "{\"texts\": [1]}"
            })
    void takes_one_text_or_several(String arguments) {
        JsonObject error = error(call("alice", "generate_embedding", new JsonObject(arguments)));

        assertThat(error.getString("code")).isEqualTo("VALIDATION_ERROR");
    }

    @Test
    void takes_no_more_than_it_says() {
        var many = new JsonArray();
        for (int i = 0; i < 33; i++) {
            many.add("x");
        }

        JsonObject error =
                error(call("alice", "generate_embedding", new JsonObject().put("texts", many)));

        assertThat(error.getString("code")).isEqualTo("VALIDATION_ERROR");
    }

    @Test
    void what_no_model_can_read_is_refused() {
        for (String nothing : new String[] {" ", "\n\t", "\u200b", "\u0000", "\u0301"}) {
            JsonObject error =
                    error(
                            call(
                                    "alice",
                                    "generate_embedding",
                                    new JsonObject().put("text", nothing)));

            assertThat(error.getString("detail")).contains("has nothing to read in it");
        }
    }
}
