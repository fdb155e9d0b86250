package dev.drawbridge.local.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.drawbridge.local.home.PrivateFile;
import dev.drawbridge.local.report.LaunchException;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What is to be done at a target, and how. The script holds keys and goes into a file of its
/// owner's alone; the password comes from standard input.
final class InstallRlsOption {
    @Option(
            names = "--output",
            paramLabel = "<file>",
            description = "Where the script is written, for its owner alone.")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--apply",
            paramLabel = "<login>",
            description =
                    "Run it with this login of the database, which may create a schema; its"
                            + " password is read from standard input: the first line.")
    private Optional<String> login = Optional.empty();

    @Option(
            names = "--database",
            paramLabel = "<name>",
            description = "Another database of the same server.")
    private Optional<String> database = Optional.empty();

    @ArgGroup private final Keys keys = new Keys();

    /// What becomes of the keys: one of these, or nothing.
    static final class Keys {
        @Option(
                names = "--rotate",
                description = "Make a second key. It signs when the database has it.")
        private boolean rotate;

        @Option(
                names = "--use-new",
                description = "Sign with the second key, after its script was run by hand.")
        private boolean use;

        @Option(names = "--retire", description = "Forget the older key.")
        private boolean retire;

        String text() {
            if (rotate) {
                return "rotate";
            }
            if (use) {
                return "use";
            }
            return retire ? "retire" : "keep";
        }

        /// Nothing changes at the target.
        boolean isHere() {
            return use;
        }
    }

    /// Passes when it is said where the script goes.
    void requireWhole() {
        if (output.isPresent() && login.isPresent()) {
            throw new LaunchException(
                    "--output and --apply exclude one another.", ExitCode.WRONG_INPUT);
        }
        if (output.isEmpty() && login.isEmpty() && !keys.isHere()) {
            throw new LaunchException(
                    "Say --output <file> or --apply <login>: the script holds a key and is not"
                            + " printed.",
                    ExitCode.WRONG_INPUT);
        }
        output.filter(Files::exists)
                .ifPresent(file -> {
                    throw new LaunchException(
                            "The file " + file + " is there already; name another.",
                            ExitCode.CONFLICT);
                });
    }

    void run(SuiteOption suite, Session gateway, JsonNode connection) {
        var answer =
                (ObjectNode)
                        gateway.post(
                                "/connections/" + Session.id(connection) + "/install-rls",
                                request());
        JsonNode sql = answer.remove("sql");
        output.ifPresent(file -> {
            PrivateFile.write(file.toAbsolutePath(), sql.asText());
            answer.put("file", file.toString());
        });
        suite.answers().one(answer, sentence(connection.path("name").asText(), answer));
    }

    private Map<String, Object> request() {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("keys", keys.text());
        database.ifPresent(name -> request.put("database", name));
        login.ifPresent(name -> {
            request.put("username", name);
            request.put("password", SecretInput.read("Password of " + name + ": ").reveal());
        });
        return request;
    }

    private String sentence(String name, JsonNode answer) {
        String done =
                output.map(file -> "Wrote " + file + ": run it with psql, then delete it.")
                        .orElse(
                                login.isPresent()
                                        ? "Installed for " + name + "."
                                        : "Changed " + name + ".");
        String signing =
                answer.path("keys")
                        .valueStream()
                        .map(key ->
                                key.path("id").asText()
                                        + (key.path("signs").asBoolean() ? "" : " (not used yet)"))
                        .collect(Collectors.joining(", "));
        return done + " Keys: " + signing + ".";
    }
}
