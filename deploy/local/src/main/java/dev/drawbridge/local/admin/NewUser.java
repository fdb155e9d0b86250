package dev.drawbridge.local.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;

import dev.drawbridge.local.home.Password;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.LinkedHashMap;
import java.util.Map;

/// What is said of a user who is to be made.
final class NewUser {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(paramLabel = "<username>")
    private String username = "";

    @Option(
            names = {"-a", "--attribute"},
            paramLabel = "<name>=<value>",
            description =
                    "A fact that row-level security uses; numbers, true and false are taken as such,"
                            + " a text in double quotes is always a text.")
    private Map<String, String> attributes = new LinkedHashMap<>();

    @Option(
            names = "--service",
            description = "A program: without password, with tokens only (token create --user).")
    private boolean service;

    @Option(names = "--superuser", description = "May do everything.")
    private boolean superuser;

    @Option(names = "--disabled", description = "Not let in until enabled.")
    private boolean disabled;

    String username() {
        return username;
    }

    boolean isService() {
        return service;
    }

    /// The request that makes a person.
    Map<String, Object> with(Password password) {
        var request = new LinkedHashMap<>(request());
        request.put("password", password.reveal());
        return request;
    }

    /// The request without a password: it makes a service account.
    Map<String, Object> request() {
        Map<String, JsonNode> typed = new LinkedHashMap<>();
        attributes.forEach((name, value) -> typed.put(name, typed(value)));
        return Map.of(
                "username",
                username,
                "kind",
                service ? "service" : "person",
                "superuser",
                superuser,
                "enabled",
                !disabled,
                "attributes",
                typed);
    }

    static JsonNode typed(String value) {
        try {
            JsonNode parsed = JSON.readTree(value);
            return parsed.isNumber() || parsed.isBoolean() || parsed.isTextual()
                    ? parsed
                    : TextNode.valueOf(value);
        } catch (JsonProcessingException _) {
            return TextNode.valueOf(value);
        }
    }
}
