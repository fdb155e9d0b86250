package dev.drawbridge.auth.oidc;

import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// JSON from a provider: no redirects, bounded in size, and in time from the first byte asked to
/// the last one read. Blocks, which on a virtual thread costs nothing. A failure is logged without
/// what was sent.
final class ProviderHttp {
    private static final Logger LOG = Logger.getLogger(ProviderHttp.class);
    private static final int MOST_BYTES = 1 << 20;
    private static final HttpResponse.BodyHandler<String> TEXT =
            HttpResponse.BodyHandlers.limiting(
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), MOST_BYTES);
    private static final int OK = 200;

    private final HttpClient client;
    private final String provider;
    private final Duration timeout;

    ProviderHttp(HttpClient client, String provider, Duration timeout) {
        this.client = client;
        this.provider = provider;
        this.timeout = timeout;
    }

    /// @param status 200, or what the provider refused with
    record Answer(int status, JsonObject body) {}

    /// A document.
    ///
    /// @throws ProblemException `UPSTREAM_ERROR` for anything but a JSON object
    JsonObject get(URI uri) {
        Answer answer = send(HttpRequest.newBuilder(uri).GET());
        if (answer.status() != OK) {
            throw failed("answered " + answer.status(), null);
        }
        return answer.body();
    }

    /// The answer to a form, a refusal of status 400 or 401 included.
    ///
    /// @param basic user and password, or null
    /// @throws ProblemException `UPSTREAM_ERROR`
    Answer post(URI uri, Map<String, String> form, String @Nullable [] basic) {
        var request =
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(encode(form)));
        if (basic != null) {
            // RFC 6749 section 2.3.1: both are form-encoded first.
            String pair = encode(basic[0]) + ":" + encode(basic[1]);
            request.header(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        Answer answer = send(request);
        if (answer.status() != OK && answer.status() != 400 && answer.status() != 401) {
            throw failed("answered " + answer.status(), null);
        }
        return answer;
    }

    static String encode(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Answer send(HttpRequest.Builder request) {
        HttpRequest whole = request.header("Accept", "application/json").build();
        // The client's own timeout ends with the headers, and what it does by itself ends on a pool
        // that anybody may block.
        var asked = new FutureTask<>(() -> client.send(whole, TEXT));
        Thread.startVirtualThread(asked);
        try {
            var response = asked.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            String text = response.body();
            return new Answer(
                    response.statusCode(),
                    response.statusCode() == OK ? new JsonObject(text) : refusal(text));
        } catch (ExecutionException failure) {
            Throwable cause = Objects.requireNonNullElse(failure.getCause(), failure);
            throw failed(cause.getClass().getSimpleName(), failure);
        } catch (TimeoutException | DecodeException unusable) {
            throw failed(unusable.getClass().getSimpleName(), unusable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failed("was not waited for", interrupted);
        } finally {
            asked.cancel(true); // Hangs up, where it is not over.
        }
    }

    private static JsonObject refusal(String text) {
        try {
            return new JsonObject(text);
        } catch (DecodeException _) {
            return new JsonObject(); // A proxy's page: the status says enough.
        }
    }

    private ProblemException failed(String how, @Nullable Exception cause) {
        LOG.warnf("The identity provider %s cannot be asked: %s", provider, how);
        var problem = new Problem.Upstream("The identity provider " + provider);
        return cause == null ? problem.exception() : problem.exception(cause);
    }
}
