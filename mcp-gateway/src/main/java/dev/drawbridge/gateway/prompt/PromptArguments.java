package dev.drawbridge.gateway.prompt;

import dev.drawbridge.gateway.audit.Reach;
import dev.drawbridge.gateway.client.Ability;
import dev.drawbridge.gateway.client.InputRequest.Elicitation;
import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.connection.Connections;
import dev.drawbridge.gateway.target.StartupName;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Judges what was written for a prompt's arguments, and asks the person for what is missing where
/// its client can.
@Singleton
final class PromptArguments {
    private static final String ANSWER = "arguments";
    private static final int LONGEST = 8_192;

    /// What names one thing.
    private static final Set<String> NAMES = Set.of("connection_id", "database", "schema", "table");

    private final Connections connections;

    PromptArguments(Connections connections) {
        this.connections = connections;
    }

    /// The arguments, if they are those of the prompt: blank ones are left out, and where there is
    /// a connection its database is filled in.
    ///
    /// @param reach where the database is noted
    /// @return or questions for those that are missing
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR`, `NOT_FOUND` for a
    ///   connection that the caller does not see, `AUTHORIZATION_ERROR` for a database that it may
    ///   not read
    Outcome<Map<String, String>> judge(Prompt prompt, PromptCall call, Reach reach) {
        Map<String, String> written = written(prompt, call);
        List<Prompt.Argument> missing =
                prompt.arguments().stream()
                        .filter(it -> it.required() && !written.containsKey(it.name()))
                        .toList();
        if (missing.isEmpty()) {
            resolve(call.caller(), written, reach);
            return Outcome.done(written);
        }
        if (call.inputs().answers().isEmpty()
                && call.client().abilities().contains(Ability.ELICITATION)) {
            return new Outcome.InputRequired<>(
                    Map.of(ANSWER, question(prompt, missing, call.caller())), null);
        }
        throw invalid(missing.getFirst().name(), "is missing");
    }

    private static Map<String, String> written(Prompt prompt, PromptCall call) {
        Map<String, String> all = new LinkedHashMap<>(call.arguments());
        JsonObject filledIn = call.inputs().accepted(ANSWER);
        if (filledIn != null) {
            filledIn.forEach(field -> {
                if (field.getValue() instanceof String value) {
                    all.put(field.getKey(), value);
                }
            });
        }
        Set<String> known =
                prompt.arguments().stream().map(Prompt.Argument::name).collect(Collectors.toSet());
        all.values().removeIf(value -> value == null || value.isBlank());
        all.forEach((name, value) -> {
            if (!known.contains(name)) {
                throw invalid(name, "is not an argument of " + prompt.name());
            }
            if (NAMES.contains(name)) {
                StartupName.require(name, value);
            } else if (value.length() > LONGEST) {
                throw invalid(name, "is longer than " + LONGEST + " characters");
            }
        });
        return all;
    }

    private void resolve(Caller caller, Map<String, String> written, Reach reach) {
        String id = written.get("connection_id");
        if (id == null) {
            return;
        }
        Connection connection = connections.get(caller, id);
        String database = written.getOrDefault("database", connection.database());
        reach.note(connection.id(), database, null);
        connections.readable(caller, connection.id().toString(), database);
        written.put("connection_id", connection.id().toString());
        written.put("database", database);
    }

    private Elicitation question(Prompt prompt, List<Prompt.Argument> missing, Caller caller) {
        var properties = new JsonObject();
        var required = new JsonArray();
        for (Prompt.Argument argument : missing) {
            var property =
                    new JsonObject()
                            .put("type", "string")
                            .put("title", argument.name())
                            .put("description", argument.description());
            if (argument.name().equals("connection_id")) {
                offer(property, connections.visible(caller));
            }
            properties.put(argument.name(), property);
            required.add(argument.name());
        }
        return new Elicitation(
                prompt.title() + ": " + prompt.description(),
                new JsonObject()
                        .put("type", "object")
                        .put("properties", properties)
                        .put("required", required));
    }

    /// A choice of so many that a person can read.
    private static void offer(JsonObject property, List<Connection> visible) {
        if (!visible.isEmpty() && visible.size() <= 50) {
            var ids = new JsonArray();
            var names = new JsonArray();
            for (Connection connection : visible) {
                ids.add(connection.id().toString());
                names.add(connection.name());
            }
            property.put("enum", ids).put("enumNames", names);
        }
    }

    private static RuntimeException invalid(String field, String reason) {
        return new Problem.Invalid(field, reason).exception();
    }
}
