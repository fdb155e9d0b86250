package dev.drawbridge.gateway.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.drawbridge.gateway.target.NetworkPolicies;
import dev.drawbridge.gateway.target.NetworkPolicy;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

class RemoteModelTest {
    private static final String TWO =
            """
            {"data": [{"index": 1, "embedding": [3, 4]}, {"index": 0, "embedding": [1, 2]}]}
            """;

    private final Vertx vertx = Vertx.vertx();
    private HttpServer server;
    private String answer = TWO;
    private int status = 200;
    private JsonObject asked = new JsonObject();
    private String authorization = "";

    @TempDir private Path folder;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/embeddings", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        vertx.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked =
                new JsonObject(
                        new String(
                                exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void asks_as_one_asks_openai_and_keeps_the_order_of_the_texts() throws Exception {
        try (var model = model(NetworkPolicies.local())) {
            assertThat(embed(model)).containsExactly(List.of(1f, 2f), List.of(3f, 4f));
        }
        assertThat(asked)
                .isEqualTo(new JsonObject("{\"model\": \"m\", \"input\": [\"one\", \"two\"]}"));
        assertThat(authorization).isEqualTo("Bearer secret-key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "{}",
                "{\"data\": [{\"embedding\": [1]}]}",
                "{\"data\": [{\"embedding\": [1]}, {\"index\": 1, \"embedding\": [1, 2]}]}",
                "{\"data\": [{\"embedding\": [\"x\"]}, {\"embedding\": [1]}]}"
            })
    void takes_no_answer_that_is_none(String wrong) {
        answer = wrong;

        try (var model = model(NetworkPolicies.local())) {
            assertUpstream(model);
        }
    }

    @Test
    void a_refusal_is_told_without_its_words() {
        status = 401;
        answer = "{\"error\": \"secret-key is not valid\"}";

        try (var model = model(NetworkPolicies.local())) {
            assertUpstream(model);
        }
    }

    @Test
    void goes_nowhere_that_connections_may_not() {
        try (var model = model(NetworkPolicies.publicOnly())) {
            assertUpstream(model);
        }
        assertThat(asked.isEmpty()).isTrue();
    }

    private static void assertUpstream(EmbeddingModel model) {
        assertThatThrownBy(() -> embed(model))
                .hasCauseInstanceOf(ProblemException.class)
                .satisfies(failure ->
                        assertThat(((ProblemException) failure.getCause()).problem())
                                .isEqualTo(new Problem.Upstream("embedding model")));
    }

    private static List<List<Float>> embed(EmbeddingModel model)
            throws ExecutionException, InterruptedException, TimeoutException {
        return model.embed(List.of("one", "two"))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private EmbeddingModel model(NetworkPolicy policy) {
        var url =
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/embeddings");
        return new RemoteModel(vertx, policy, new Config(url, key()), url);
    }

    private Path key() {
        try {
            return Files.writeString(folder.resolve("key"), "secret-key\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private record Config(URI served, Path key) implements EmbeddingConfig {
        @Override
        public Optional<URI> url() {
            return Optional.of(served);
        }

        @Override
        public String model() {
            return "m";
        }

        @Override
        public Optional<Path> keyFile() {
            return Optional.of(key);
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(5);
        }
    }
}
