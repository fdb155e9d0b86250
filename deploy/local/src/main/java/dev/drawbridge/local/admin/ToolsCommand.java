package dev.drawbridge.local.admin;

import com.fasterxml.jackson.databind.JsonNode;

import dev.drawbridge.local.report.LaunchException;
import dev.drawbridge.local.rest.RestApi;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `drawbridge tools …`.
@Command(name = "tools", description = "Tools that you define yourselves.")
public final class ToolsCommand {
    private static final String TOOLS = "/mcp/tools";

    private static final Answers.Table TABLE =
            Answers.Table.of(
                    "NAME", "name", "STATE", "state", "SOURCE", "source", "PROBLEM", "problem");

    @Command(name = "list", description = "Shows what was defined, and whether it works.")
    void list(@Mixin SuiteOption suite, @Mixin ConnectionCommand.GatewayOption gateway) {
        try (var session = suite.open()) {
            var items = gateway.of(suite, session).get(TOOLS + "/own").path("items");
            List<JsonNode> shown = new ArrayList<>();
            items.forEach(item -> shown.add(ToolImport.named(item)));
            suite.answers().list(shown, TABLE);
        }
    }

    @Command(name = "define", description = "Defines a tool that a YAML or JSON file describes.")
    void define(
            @Mixin SuiteOption suite,
            @Mixin ConnectionCommand.GatewayOption gateway,
            @Parameters(paramLabel = "<file>") Path file) {
        Map<String, Object> definition = ToolFile.read(file);
        try (var session = suite.open()) {
            var made = gateway.of(suite, session).post(TOOLS, definition);
            suite.answers()
                    .one(made, "Defined " + made.path("definition").path("name").asText() + ".");
        }
    }

    @Command(name = "remove", description = "Removes a tool that was defined over the API.")
    void remove(
            @Mixin SuiteOption suite,
            @Mixin ConnectionCommand.GatewayOption gateway,
            @Parameters(paramLabel = "<tool>") String name) {
        try (var session = suite.open()) {
            var at = gateway.of(suite, session);
            String path = TOOLS + "/" + RestApi.encoded(name);
            var tool = at.get(path);
            at.delete(path);
            suite.answers().one(tool, "Removed " + name + ".");
        }
    }

    @Command(
            name = "import",
            description = {
                "Defines the postgres-sql tools of a Toolbox configuration.",
                "All of them are tried first. If one of them is refused, none is defined, unless"
                        + " --skip-refused says so. What cannot be imported is named, with why."
            })
    void importToolbox(
            @Mixin SuiteOption suite,
            @Mixin ConnectionCommand.GatewayOption gateway,
            @Mixin ImportOption wanted) {
        wanted.requireOneSource();
        try (var session = suite.open()) {
            var report = wanted.run(gateway.of(suite, session));
            suite.answers().one(report.json(), report.lines());
            if (report.isRefused()) {
                throw new LaunchException("Nothing was defined.", ExitCode.WRONG_INPUT);
            }
        }
    }
}
