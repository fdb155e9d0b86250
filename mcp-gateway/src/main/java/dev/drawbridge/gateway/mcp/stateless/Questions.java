package dev.drawbridge.gateway.mcp.stateless;

import dev.drawbridge.gateway.client.Ability;
import dev.drawbridge.gateway.client.Inputs;
import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.mcp.wire.QuestionJson;
import dev.drawbridge.identity.Digest;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.sql.SecretBox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Questions to a client, which it answers by sending its request again (multi round-trip
/// requests). Between the two nobody here remembers anything: what a feature wants back is in
/// `requestState`, sealed for the caller, the method and all that the request says, and not for
/// long.
@Singleton
final class Questions {
    static final Duration LIFETIME = Duration.ofMinutes(10);

    private static final Set<String> NOT_ITS_OWN =
            Set.of("_meta", "inputResponses", "requestState");

    private final SecretBox secrets;
    private final Clock clock;

    @Inject
    Questions(SecretBox secrets) {
        this(secrets, Clock.systemUTC());
    }

    Questions(SecretBox secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /// What a request brings back.
    ///
    /// @throws RpcException −32602 for answers of another form
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` for a state that is
    ///   foreign, of another request, changed or too old, which all read the same
    Inputs answers(Exchange exchange) {
        JsonObject params = exchange.request().params();
        String state = exchange.request().optionalText("requestState");
        if (!params.containsKey("inputResponses") && state == null) {
            return Inputs.NONE;
        }
        return new Inputs(
                params.containsKey("inputResponses") ? answersAlone(exchange) : Map.of(),
                state == null ? null : open(exchange, state));
    }

    /// What a request answers, by the keys of the questions.
    ///
    /// @throws RpcException −32602 for answers of another form
    Map<String, JsonObject> answersAlone(Exchange exchange) {
        Map<String, JsonObject> answers = new HashMap<>();
        JsonObject given = exchange.request().object("inputResponses");
        for (String key : given.fieldNames()) {
            if (!(given.getValue(key) instanceof JsonObject answer)) {
                throw RpcException.missing("inputResponses." + key, "is no object");
            }
            answers.put(key, answer);
        }
        return Map.copyOf(answers);
    }

    /// The result that asks.
    ///
    /// @throws RpcException −32021 when the client cannot be asked for that
    Result ask(Exchange exchange, Outcome.InputRequired<?> asking) {
        var missing = EnumSet.noneOf(Ability.class);
        missing.addAll(asking.abilities());
        missing.removeAll(exchange.request().meta().abilities());
        if (!missing.isEmpty()) {
            throw RpcException.missingCapabilities(missing);
        }
        var requests = new JsonObject();
        asking.requests().forEach((key, request) -> requests.put(key, QuestionJson.of(request)));
        var members = new JsonObject().put("inputRequests", requests);
        JsonObject state = asking.state();
        return Result.of(
                "input_required",
                state == null ? members : members.put("requestState", seal(exchange, state)));
    }

    private String seal(Exchange exchange, JsonObject state) {
        long expires = clock.instant().plus(LIFETIME).getEpochSecond();
        String content = new JsonArray().add(expires).add(state).encode();
        return secrets.seal(purpose(exchange), content.getBytes(StandardCharsets.UTF_8));
    }

    private JsonObject open(Exchange exchange, String state) {
        try {
            byte[] content = secrets.open(purpose(exchange), state);
            var kept = new JsonArray(new String(content, StandardCharsets.UTF_8));
            if (kept.getLong(0) >= clock.instant().getEpochSecond()) {
                return kept.getJsonObject(1);
            }
        } catch (IllegalStateException
                | IllegalArgumentException
                | IndexOutOfBoundsException foreign) {
            throw invalid();
        }
        throw invalid();
    }

    /// A retry says all that the request said, so its digest is the same.
    private static String purpose(Exchange exchange) {
        var own = new JsonArray();
        JsonObject params = exchange.request().params();
        params.fieldNames().stream()
                .filter(name -> !NOT_ITS_OWN.contains(name))
                .sorted()
                .forEach(name -> own.add(name).add(params.getValue(name)));
        return String.join(
                "\n",
                "request state",
                exchange.caller().id().toString(),
                exchange.request().method(),
                Base64.getEncoder().encodeToString(Digest.of(own.encode())));
    }

    private static RuntimeException invalid() {
        return new Problem.Invalid(
                        "requestState",
                        "is not one for this: it is for one caller and request, and ten minutes."
                                + " Send the request without it to be asked again")
                .exception();
    }
}
