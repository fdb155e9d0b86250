package dev.drawbridge.local.admin;

import com.fasterxml.jackson.databind.JsonNode;

import dev.drawbridge.local.home.Password;
import dev.drawbridge.local.report.LaunchException;
import dev.drawbridge.local.rest.RestApi;
import dev.drawbridge.local.rest.RestApi.Answer;
import dev.drawbridge.local.rest.UnansweredException;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A service, auth-service as a rule, as one caller uses it. What is refused is a [LaunchException]
/// with the service's own sentence and an exit code for the kind of refusal.
final class Session implements AutoCloseable {
    /// From here on somebody between us and auth-service says that there was no answer.
    private static final int BEHIND_A_PROXY = 500;

    private static final String TOKEN_FORM = "[\\x21-\\x7e]{1,8192}";

    private final RestApi api;
    private final String base;
    private final boolean signedIn;

    /// Nobody's yet.
    ///
    /// @param base up to and with the version of the API
    Session(RestApi api, String base) {
        this(api, base, false);
    }

    private Session(RestApi api, String base, boolean signedIn) {
        this.api = api;
        this.base = base;
        this.signedIn = signedIn;
    }

    Session with(String token) {
        if (!token.matches(TOKEN_FORM)) {
            throw new LaunchException(SuiteOption.TOKEN + " holds no token.", ExitCode.WRONG_INPUT);
        }
        return new Session(api.as(token), base);
    }

    Session signIn(String username, Password password) {
        var answer =
                succeeded(
                        api.post(
                                base + "/auth/login",
                                Map.of("username", username, "password", password.reveal())));
        return new Session(api.as(answer.text("token")), base, true);
    }

    /// The same caller at another service, which does not sign out.
    ///
    /// @param other up to and with the version of the API
    Session at(String other) {
        return new Session(api, other, false);
    }

    JsonNode get(String path) {
        return succeeded(api.get(base + path)).body();
    }

    JsonNode post(String path, Map<String, ?> body) {
        return succeeded(api.post(base + path, body)).body();
    }

    JsonNode patch(String path, Map<String, ?> body) {
        return succeeded(api.patch(base + path, body)).body();
    }

    void delete(String path) {
        succeeded(api.delete(base + path));
    }

    /// All pages of a list.
    ///
    /// @param query without a cursor; empty for none
    List<JsonNode> list(String path, String query) {
        return RestApi.items(path + "?limit=200" + query, this::get);
    }

    JsonNode user(String username) {
        return named("user", username, list("/users", "&username=" + RestApi.encoded(username)));
    }

    JsonNode group(String name) {
        return named("group", name, list("/groups", "&name=" + RestApi.encoded(name)));
    }

    /// A connection by its id or its name, which no other has.
    JsonNode connection(String named) {
        return list("/connections", "").stream()
                .filter(one -> id(one).equals(named) || one.path("name").asText().equals(named))
                .findFirst()
                .orElseThrow(() -> none("connection " + named));
    }

    /// The grant of a group on an object, as its text says.
    Optional<JsonNode> grant(String group, String object) {
        return list("/grants", "&groupId=" + group).stream()
                .filter(grant -> grant.path("object").asText().equals(object))
                .findFirst();
    }

    static String id(JsonNode thing) {
        return thing.path("id").asText();
    }

    static LaunchException none(String what) {
        return new LaunchException("There is no " + Answers.shown(what) + ".", ExitCode.NOT_FOUND);
    }

    private static JsonNode named(String kind, String name, List<JsonNode> found) {
        return found.stream().findFirst().orElseThrow(() -> none(kind + " " + name));
    }

    private static Answer succeeded(Answer answer) {
        if (answer.isSuccess()) {
            return answer;
        }
        String detail = Answers.shown(answer.text("detail"));
        if (!detail.isEmpty()) {
            throw new LaunchException(
                    detail.endsWith(".") ? detail : detail + ".", ExitCode.of(answer.status()));
        }
        String sentence =
                "auth-service answered with %d, and not as auth-service does."
                        .formatted(answer.status());
        if (answer.status() >= BEHIND_A_PROXY) {
            throw new UnansweredException(sentence);
        }
        throw new LaunchException(sentence, ExitCode.of(answer.status()));
    }

    @Override
    public void close() {
        if (!signedIn) {
            return;
        }
        try {
            api.post(base + "/auth/logout", Map.of());
        } catch (LaunchException _) {
            // What was asked for is done, and the session ends by itself.
        }
    }
}
