package dev.drawbridge.gateway.embedding;

import dev.drawbridge.gateway.target.NetworkPolicy;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A model that is served as OpenAI does it. Each request goes to an address that was judged.
final class RemoteModel implements EmbeddingModel {
    private static final String SYSTEM = "embedding model";
    private static final int MOST_BYTES = 8_000_000;
    private static final int MOST_CONNECTIONS = 4;
    private static final int MOST_WAITING = 64;
    private static final int OK = 200;

    private final Vertx vertx;
    private final NetworkPolicy network;
    private final EmbeddingConfig config;
    private final URI url;
    private final HttpClient http;

    RemoteModel(Vertx vertx, NetworkPolicy network, EmbeddingConfig config, URI url) {
        this.vertx = vertx;
        this.network = network;
        this.config = config;
        this.url = url;
        this.http =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setMaxPoolSize(MOST_CONNECTIONS)
                                .setMaxWaitQueueSize(MOST_WAITING));
    }

    @Override
    public String name() {
        return config.model();
    }

    @Override
    public Future<List<List<Float>>> embed(List<String> texts) {
        Buffer body =
                new JsonObject()
                        .put("model", config.model())
                        .put("input", new JsonArray(texts))
                        .toBuffer();
        return vertx.executeBlocking(() -> request(network.resolve(url.getHost())), false)
                .compose(http::request)
                .compose(request -> request.send(body))
                .compose(RemoteModel::whole)
                .map(answer -> vectors(answer, texts.size()))
                .recover(failure -> Future.failedFuture(told(failure)));
    }

    private RequestOptions request(InetAddress address) {
        boolean tls = "https".equals(url.getScheme());
        int port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
        var request =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                        .setHost(url.getHost())
                        .setPort(port)
                        .setURI(url.getRawPath())
                        .setSsl(tls)
                        .setTimeout(config.timeout().toMillis())
                        .putHeader("Content-Type", "application/json");
        config.keyFile()
                .ifPresent(file -> {
                    try {
                        String key = Files.readString(file).strip();
                        request.putHeader("Authorization", "Bearer " + key);
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                });
        return request;
    }

    /// The body, unless there is more of it than any answer has.
    private static Future<Buffer> whole(HttpClientResponse response) {
        if (response.statusCode() != OK) {
            response.request().reset();
            return Future.failedFuture("status " + response.statusCode());
        }
        Promise<Buffer> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        response.handler(part -> {
            body.appendBuffer(part);
            if (body.length() > MOST_BYTES && whole.tryFail("too long an answer")) {
                response.request().reset();
            }
        });
        response.exceptionHandler(whole::tryFail);
        response.endHandler(_ -> whole.tryComplete(body));
        return whole.future();
    }

    /// One for each text, whatever order they are told in.
    private static List<List<Float>> vectors(Buffer answer, int count) {
        List<JsonObject> told = new ArrayList<>();
        answer.toJsonObject().getJsonArray("data").forEach(one -> told.add((JsonObject) one));
        told.sort((one, other) ->
                Integer.compare(one.getInteger("index", 0), other.getInteger("index", 0)));
        List<List<Float>> vectors =
                told.stream().map(one -> vector(one.getJsonArray("embedding"))).toList();
        if (vectors.size() != count
                || vectors.stream().mapToInt(List::size).distinct().count() != 1) {
            throw new DecodeException("not a vector for each text");
        }
        return vectors;
    }

    private static List<Float> vector(JsonArray numbers) {
        return IntStream.range(0, numbers.size()).mapToObj(numbers::getFloat).toList();
    }

    /// What is wrong there is the operator's to know.
    private static ProblemException told(Throwable failure) {
        return new Problem.Upstream(SYSTEM).exception(failure);
    }

    @Override
    public void close() {
        http.close();
    }
}
