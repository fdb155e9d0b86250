package dev.drawbridge.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// auth-service has taken a new password, perhaps, and its answer is lost.
class LostAnswerTest {
    private static final String REFUSED =
            "{\"code\":\"OVERLOADED\",\"detail\":\"Too many passwords at once.\"}";

    @TempDir private Path folder;
    private Path file;
    private Path draft;

    private record Outcome(int exitCode, String said) {}

    @BeforeEach
    void remember_an_older_password() throws IOException {
        file = Files.writeString(folder.resolve("kim"), "older\n");
        draft = folder.resolve("kim.new");
        Files.writeString(folder.resolve("admin"), "secret\n");
    }

    @ParameterizedTest
    @CsvSource({"0, ''", "502, <html>Bad Gateway</html>"})
    void keeps_and_names_the_password_that_may_be_valid_now(int status, String body)
            throws IOException {
        try (var auth = new FlakyAuth(status, body)) {
            var outcome = reset(auth);

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.said()).startsWith("drawbridge: ").contains(draft + " ");
            assertThat(draft).hasContent(auth.passwords.getFirst() + "\n");
            assertThat(file).hasContent("older\n");
            assertThat(outcome.said()).doesNotContain(auth.passwords.getFirst());
        }
    }

    @Test
    void does_not_overwrite_it_by_a_second_try() throws IOException {
        try (var auth = new FlakyAuth(FlakyAuth.SILENCE, "")) {
            reset(auth);
            var again = reset(auth);

            assertThat(again.exitCode()).isEqualTo(5);
            assertThat(again.said()).contains(draft.toString());
            assertThat(auth.passwords).hasSize(1);
            assertThat(draft).hasContent(auth.passwords.getFirst() + "\n");
        }
    }

    @Test
    void keeps_the_password_of_a_user_who_may_have_been_added() throws IOException {
        Files.delete(file);
        try (var auth = new FlakyAuth(FlakyAuth.SILENCE, "")) {
            var outcome = run(auth, "user", "add", "kim");

            assertThat(outcome.said()).contains(draft + " ");
            assertThat(draft).hasContent(auth.passwords.getFirst() + "\n");
        }
    }

    @Test
    void keeps_nothing_that_auth_service_has_refused() throws IOException {
        try (var auth = new FlakyAuth(503, REFUSED)) {
            var outcome = reset(auth);

            assertThat(outcome.said()).isEqualTo("drawbridge: Too many passwords at once.\n");
            assertThat(draft).doesNotExist();
            assertThat(file).hasContent("older\n");
        }
    }

    private Outcome reset(FlakyAuth auth) {
        return run(auth, "user", "reset-password", "kim");
    }

    private Outcome run(FlakyAuth auth, String... command) {
        var arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--password-file", file.toString()));
        arguments.addAll(List.of("--home", folder.resolve("home").toString()));
        arguments.addAll(List.of("--url", auth.url(), "--as", "admin"));
        arguments.addAll(List.of("--as-password-file", folder.resolve("admin").toString()));
        var said = new StringWriter();
        int exitCode =
                Main.commandLine()
                        .setErr(new PrintWriter(said, true))
                        .execute(arguments.toArray(String[]::new));
        return new Outcome(exitCode, said.toString());
    }
}
