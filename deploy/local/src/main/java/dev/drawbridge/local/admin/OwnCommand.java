package dev.drawbridge.local.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.drawbridge.local.rest.RestApi;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What can be done with every kind of what a tenant defines.
public abstract class OwnCommand {
    private static final Answers.Table TABLE =
            Answers.Table.of(
                    "NAME", "name", "STATE", "state", "SOURCE", "source", "PROBLEM", "problem");

    private final String kind;
    private final String path;

    /// @param kind as files name it
    OwnCommand(String kind) {
        this.kind = kind;
        this.path = "/mcp/" + kind + "s";
    }

    @Command(name = "list", description = "Shows what was defined, and whether it works.")
    public void list(@Mixin SuiteOption suite, @Mixin ConnectionCommand.GatewayOption gateway) {
        try (var session = suite.open()) {
            List<JsonNode> shown = new ArrayList<>();
            gateway.of(suite, session)
                    .get(path + "/own")
                    .path("items")
                    .forEach(item -> shown.add(named(item)));
            suite.answers().list(shown, TABLE);
        }
    }

    @Command(
            name = "define",
            description = "Defines what a YAML or JSON file describes, one document after another.")
    public void define(
            @Mixin SuiteOption suite,
            @Mixin ConnectionCommand.GatewayOption gateway,
            @Parameters(paramLabel = "<file>") Path file) {
        List<Map<String, Object>> definitions = OwnFile.read(file, kind);
        try (var session = suite.open()) {
            var at = gateway.of(suite, session);
            for (Map<String, Object> definition : definitions) {
                var made = at.post(path, definition);
                String name = made.path("definition").path("name").asText();
                suite.answers().one(made, "Defined " + name + ".");
            }
        }
    }

    @Command(name = "remove", description = "Removes one that was defined over the API.")
    public void remove(
            @Mixin SuiteOption suite,
            @Mixin ConnectionCommand.GatewayOption gateway,
            @Parameters(paramLabel = "<name>") String name) {
        try (var session = suite.open()) {
            var at = gateway.of(suite, session);
            String one = path + "/" + RestApi.encoded(name);
            var gone = at.get(one);
            at.delete(one);
            suite.answers().one(gone, "Removed " + name + ".");
        }
    }

    /// An item of the list with its name where the others have theirs.
    private static JsonNode named(JsonNode item) {
        ObjectNode named = item.deepCopy();
        return named.put("name", item.path("definition").path("name").asText("-"));
    }
}
