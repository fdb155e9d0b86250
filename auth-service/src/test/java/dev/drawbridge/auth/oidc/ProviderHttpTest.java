package dev.drawbridge.auth.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What a provider's server may do to us.
class ProviderHttpTest {
    private static final Duration DEADLINE = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ProviderHttp http =
            new ProviderHttp(HttpClient.newHttpClient(), "test", DEADLINE);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(task -> Thread.ofVirtual().start(task));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void gives_an_answer_up_that_goes_on_past_the_deadline_and_hangs_up() throws Exception {
        var hungUp = new CountDownLatch(1);
        server.createContext("/", exchange -> drip(exchange, hungUp));

        refuses("/");

        assertThat(hungUp.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void gives_an_answer_up_that_does_not_begin() {
        var over = new CountDownLatch(1);
        server.createContext("/", _ -> await(over));

        refuses("/");

        over.countDown();
    }

    @Test
    void takes_a_megabyte_and_no_more() {
        server.createContext("/full", json("{\"x\": \"" + "x".repeat((1 << 20) - 9) + "\"}"));
        server.createContext("/more", json("{\"x\": \"" + "x".repeat((1 << 20) - 8) + "\"}"));

        assertThat(http.get(at("/full")).getString("x")).hasSize((1 << 20) - 9);
        refuses("/more");
    }

    @Test
    void follows_no_redirect_and_takes_nothing_but_an_object() {
        server.createContext("/good", json("{}"));
        server.createContext(
                "/moved",
                exchange -> {
                    exchange.getResponseHeaders().add("Location", "/good");
                    exchange.sendResponseHeaders(302, -1);
                    exchange.close();
                });
        server.createContext("/list", json("[]"));
        server.createContext("/page", json("<html>"));
        server.createContext("/nothing", json("null"));

        refuses("/moved");
        refuses("/list");
        refuses("/page");
        refuses("/nothing");
        assertThat(http.get(at("/good"))).isEmpty();
    }

    private void refuses(String path) {
        assertTimeoutPreemptively(
                PATIENCE,
                () ->
                        assertThatThrownBy(() -> http.get(at(path)))
                                .hasMessageContaining("UPSTREAM_ERROR"));
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static HttpHandler json(String text) {
        return exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, text.length());
                exchange.getResponseBody().write(text.getBytes());
            }
        };
    }

    /// A byte now and then, for as long as somebody listens.
    private static void drip(HttpExchange exchange, CountDownLatch hungUp) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                Thread.sleep(20);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            hungUp.countDown();
        }
    }

    private static void await(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
