package dev.drawbridge.local.key;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.drawbridge.local.home.Home;
import dev.drawbridge.local.process.Children;
import dev.drawbridge.local.process.Pause;
import dev.drawbridge.local.report.LaunchException;
import dev.drawbridge.local.rest.RestApi;
import dev.drawbridge.local.service.ServiceSpec;
import dev.drawbridge.local.summary.Summary;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The services of a home that run, asked on their management ports what they know of data keys.
final class RunningServices {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(300);
    private static final ObjectMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private final Map<String, String> urls;
    private final RestApi api;

    private RunningServices(Map<String, String> urls) {
        this.urls = urls;
        this.api =
                new RestApi(
                        HttpClient.newBuilder()
                                .version(HttpClient.Version.HTTP_1_1)
                                .connectTimeout(Duration.ofSeconds(5))
                                .build(),
                        "");
    }

    static RunningServices of(Home home) {
        var children = new Children(home);
        var summary = Summary.kept(home);
        Map<String, String> urls = new LinkedHashMap<>();
        for (String name : ServiceSpec.names()) {
            if (children.find(name).isPresent()) {
                int port =
                        summary.flatMap(kept -> Optional.ofNullable(kept.services().get(name)))
                                .map(service -> URI.create(service.url()).getPort())
                                .orElseThrow(() ->
                                        new LaunchException(
                                                name
                                                        + " runs, and its up did not end:"
                                                        + " ./drawbridge up mends that."));
                int management = new ServiceSpec(name, port, "").managementPort();
                urls.put(name, "http://127.0.0.1:" + management + "/q/data-keys");
            }
        }
        return new RunningServices(urls);
    }

    List<String> names() {
        return List.copyOf(urls.keySet());
    }

    /// What each says, by its name; a [LaunchException] when one does not.
    Map<String, KeyState> states() {
        Map<String, KeyState> states = new LinkedHashMap<>();
        urls.forEach((name, url) -> states.put(name, state(name, url)));
        return states;
    }

    /// Whether all of them come to that within a minute.
    boolean become(Predicate<KeyState> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!areNow(wanted)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Pause.of(POLL);
        }
        return true;
    }

    private boolean areNow(Predicate<KeyState> wanted) {
        try {
            return states().values().stream().allMatch(wanted);
        } catch (LaunchException _) {
            return false; // it may answer yet
        }
    }

    private KeyState state(String name, String url) {
        var answer = api.get(url);
        try {
            if (answer.isSuccess()) {
                return JSON.treeToValue(answer.body(), KeyState.class);
            }
        } catch (JsonProcessingException _) {
            // said below
        }
        throw new LaunchException(
                "%s does not say what it knows of data keys (%d): %s"
                        .formatted(name, answer.status(), answer.text("detail")));
    }
}
