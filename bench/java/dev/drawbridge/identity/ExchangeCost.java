package dev.drawbridge.identity;

import at.favre.lib.crypto.bcrypt.BCrypt;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.smallrye.mutiny.Uni;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Prints as JSON what it costs to know who is behind a credential: remembered, and asked for at a
/// running auth-service; and what one bcrypt hash costs, which bounds logins.
///
/// Argument: auth-service's URL. The credential is `DRAWBRIDGE_TOKEN` of the environment.
public final class ExchangeCost {
    private static final int HITS = 200_000;
    private static final int MISSES = 2_000;
    private static final int HASHES = 5;
    private static final int BCRYPT_COST = 12;

    private ExchangeCost() {}

    public static void main(String[] arguments) {
        String credential = System.getenv("DRAWBRIDGE_TOKEN");
        var config = new Defaults(arguments[0], 100_000, Duration.ofSeconds(5), false);
        var auth = new HttpAuth(arguments[0]);
        var callers = new ExchangedCallers(auth, new VerificationKeys(auth, config), config);
        callers.startRemembering();
        Supplier<Caller> ask = () -> callers.caller(credential).await().indefinitely();
        for (int i = 0; i < 5 * HITS; i++) {
            ask.get();
        }
        asked(callers, ask); // For both JITs to warm up.
        long[] hits = new long[11];
        for (int round = 0; round < hits.length; round++) {
            long started = System.nanoTime();
            for (int i = 0; i < HITS; i++) {
                ask.get();
            }
            hits[round] = (System.nanoTime() - started) / HITS;
        }
        long[] misses = asked(callers, ask);
        System.out.printf(
                "{\"hitNanos\":%d,\"missMicrosP50\":%d,\"missMicrosP99\":%d,\"bcryptMillis\":%d}%n",
                at(hits, 0.5),
                TimeUnit.NANOSECONDS.toMicros(at(misses, 0.5)),
                TimeUnit.NANOSECONDS.toMicros(at(misses, 0.99)),
                TimeUnit.NANOSECONDS.toMillis(hash()));
        System.exit(0); // Mutiny's timer would keep the process.
    }

    private static long[] asked(ExchangedCallers callers, Supplier<Caller> ask) {
        long[] nanos = new long[MISSES];
        for (int i = 0; i < nanos.length; i++) {
            callers.forget(_ -> true);
            long started = System.nanoTime();
            ask.get();
            nanos[i] = System.nanoTime() - started;
        }
        return nanos;
    }

    private static long hash() {
        long[] nanos = new long[HASHES];
        for (int i = 0; i < HASHES; i++) {
            long started = System.nanoTime();
            BCrypt.withDefaults().hash(BCRYPT_COST, "correct horse battery".toCharArray());
            nanos[i] = System.nanoTime() - started;
        }
        return at(nanos, 0.5);
    }

    private static long at(long[] values, double share) {
        Arrays.sort(values);
        return values[(int) Math.min(values.length - 1, values.length * share)];
    }

    private record Defaults(
            String issuer, long cacheSize, Duration exchangeTimeout, boolean acceptServiceRole)
            implements IdentityConfig {}

    /// The two calls as services make them.
    private record HttpAuth(String url) implements AuthClient {
        private static final HttpClient HTTP = HttpClient.newHttpClient();
        private static final ObjectMapper JSON = new ObjectMapper();

        @Override
        public Uni<Exchanged> exchange(
                String grantType, String token, String tokenType, String clientAddress) {
            String form =
                    "grant_type=%s&subject_token=%s&subject_token_type=%s"
                            .formatted(encode(grantType), encode(token), encode(tokenType));
            var request =
                    HttpRequest.newBuilder(URI.create(url + "/api/v1/auth/exchange"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(form));
            return Uni.createFrom()
                    .item(() -> {
                        try {
                            return JSON.readValue(send(request), Exchanged.class);
                        } catch (IOException unreadable) {
                            throw new IllegalStateException(unreadable);
                        }
                    });
        }

        @Override
        public Uni<String> jwks() {
            return Uni.createFrom()
                    .item(() ->
                            send(HttpRequest.newBuilder(URI.create(url + "/api/v1/auth/jwks"))));
        }

        private static String send(HttpRequest.Builder request) {
            try {
                return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
            } catch (IOException | InterruptedException failure) {
                throw new IllegalStateException(failure);
            }
        }

        private static String encode(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }
}
