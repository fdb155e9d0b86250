package dev.drawbridge.system.launch;

import static io.restassured.RestAssured.given;

import dev.drawbridge.system.suite.Checkout;
import dev.drawbridge.system.suite.Database;
import dev.drawbridge.testkit.NodePackages;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;

import org.awaitility.Awaitility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Google's MCP Toolbox, from the benchmarks' packages, on a database.
final class RealToolbox implements AutoCloseable {
    private static final Path PACKAGES = Checkout.root().resolve("bench");
    private static final Path PROGRAM =
            PACKAGES.resolve("node_modules/@toolbox-sdk/server-linux-x64/bin/toolbox");

    private final Process process;
    private final String url;

    private RealToolbox(Process process, int port) {
        this.process = process;
        this.url = "http://127.0.0.1:" + port;
    }

    /// Whether it is made for this kind of machine.
    static boolean runsHere() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
    }

    static RealToolbox start(Path config, Database database) {
        NodePackages.install(PACKAGES);
        int port = freePort();
        var builder =
                new ProcessBuilder(
                        PROGRAM.toString(),
                        "--config",
                        config.toString(),
                        "--port",
                        String.valueOf(port),
                        "--disable-reload",
                        "--disable-version-check");
        builder.environment()
                .putAll(
                        Map.of(
                                "RETAIL_HOST", database.host(),
                                "RETAIL_PORT", String.valueOf(database.port()),
                                "RETAIL_DATABASE", database.name(),
                                "RETAIL_USER", database.user(),
                                "RETAIL_PASSWORD", database.password()));
        Path log = Checkout.target().resolve("toolbox.log");
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        try {
            var toolbox = new RealToolbox(builder.start(), port);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> toolbox.answers());
            return toolbox;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private boolean answers() {
        return process.isAlive() && given().get(url + "/healthz").statusCode() < 500;
    }

    /// The rows of a call, each as what its text says.
    List<Map<String, Object>> rows(String tool, Map<String, Object> arguments) {
        JsonPath answer =
                given().contentType(ContentType.JSON)
                        .accept("application/json, text/event-stream")
                        .body(
                                Map.of(
                                        "jsonrpc",
                                        "2.0",
                                        "id",
                                        1,
                                        "method",
                                        "tools/call",
                                        "params",
                                        Map.of("name", tool, "arguments", arguments)))
                        .post(url + "/mcp")
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath();
        if (Boolean.TRUE.equals(answer.get("result.isError"))) {
            throw new AssertionError(answer.prettify());
        }
        List<String> texts = answer.getList("result.content.text");
        return texts.stream()
                .map(text -> new JsonPath(text).<Map<String, Object>>get("$"))
                .toList();
    }

    @Override
    public void close() {
        process.destroy();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
