package dev.drawbridge.system.key;

import dev.drawbridge.system.rest.AuthApi;
import dev.drawbridge.system.suite.Suite;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Somebody who signs in, makes a token, uses it at both services and exchanges it, over and over:
/// whatever is not answered as it should be is written down.
final class Probe implements AutoCloseable {
    private static final String PATH = "/api/v1/auth/";

    private final AuthApi api;
    private final AuthApi.Person person;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicInteger rounds = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Thread thread = Thread.ofVirtual().unstarted(this::work);

    private Probe(Suite suite) {
        this.api = new AuthApi(suite);
        this.person = api.createPerson(api.admin(), Map.of());
    }

    static Probe start(Suite suite) {
        var probe = new Probe(suite);
        probe.thread.start();
        return probe;
    }

    /// How often all went well, from beginning to end.
    int rounds() {
        return rounds.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    private void work() {
        while (!stopped.get()) {
            try {
                round();
                rounds.incrementAndGet();
            } catch (RuntimeException | AssertionError failure) {
                failures.add(String.valueOf(failure.getMessage()));
            }
        }
    }

    private void round() {
        String session = api.login(person.username(), person.password());
        var token = api.createToken(session, Map.of());
        api.auth(token.text()).get(PATH + "me").then().statusCode(200);
        api.gateway(token.text()).get("/api/v1/connections").then().statusCode(200);
        api.auth(api.exchange(token.text())).get(PATH + "me").then().statusCode(200);
        api.revoke(session, token);
        api.auth(session).post(PATH + "logout").then().statusCode(204);
    }

    @Override
    public void close() {
        stopped.set(true);
        try {
            thread.join(Duration.ofSeconds(20));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
