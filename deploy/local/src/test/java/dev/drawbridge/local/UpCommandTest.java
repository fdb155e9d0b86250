package dev.drawbridge.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class UpCommandTest {
    @TempDir private Path home;

    private record Outcome(int exitCode, String said) {}

    @Test
    void refuses_a_service_that_it_does_not_know() {
        var outcome = run("up", "--home", home.toString(), "--only", "auth-service,gate");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.said())
                .isEqualTo(
                        "drawbridge: --only knows no gate; there are auth-service, mcp-gateway and postgres.\n");
    }

    @Test
    void refuses_a_datastore_that_nobody_answers_at() {
        var outcome =
                run(
                        "up",
                        "--home",
                        home.toString(),
                        "--only",
                        "postgres",
                        "--datastore",
                        "postgresql://sue:hunter2@127.0.0.1:1/app");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.said())
                .isEqualTo("drawbridge: The datastore at 127.0.0.1:1 cannot be reached.\n");
        assertThat(home.resolve("run")).isDirectoryNotContaining("glob:**.pid");
    }

    @Test
    void explains_an_option_that_it_does_not_know() {
        var outcome = run("up", "--detatch");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.said()).startsWith("Unknown option: '--detatch'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"down", "status", "logs", "user list", "audit verify"})
    void explains_that_the_home_says_which_suite_is_meant(String command) {
        var words = new ArrayList<>(List.of(command.split(" ")));
        words.addAll(List.of("--home", home.toString(), "--port-offset", "100"));

        var outcome = run(words.toArray(String[]::new));

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.said())
                .isEqualTo(
                        "drawbridge: Only up takes --port-offset; --home says which suite is meant.\n");
    }

    private static Outcome run(String... arguments) {
        var said = new StringWriter();
        int exitCode = Main.commandLine().setErr(new PrintWriter(said, true)).execute(arguments);
        return new Outcome(exitCode, said.toString());
    }
}
