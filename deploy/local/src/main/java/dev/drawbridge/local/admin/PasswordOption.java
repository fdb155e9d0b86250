package dev.drawbridge.local.admin;

import com.fasterxml.jackson.databind.JsonNode;

import dev.drawbridge.local.home.Password;
import dev.drawbridge.local.home.Secrets;
import dev.drawbridge.local.report.LaunchException;
import dev.drawbridge.local.rest.UnansweredException;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Where a user's new password comes from: standard input, or a generator that leaves it in a file.
final class PasswordOption {
    @Option(
            names = "--password-stdin",
            description = "Read the password from standard input: its first line.")
    private boolean fromInput;

    @Option(
            names = "--password-file",
            paramLabel = "<file>",
            description =
                    "Where the generated password is written, for its owner alone"
                            + " (default: user-<username> with the home's secrets).")
    private Optional<Path> file = Optional.empty();

    /// Passes when nothing is said of a password.
    void requireNone() {
        if (fromInput || file.isPresent()) {
            throw new LaunchException("A service account has no password.", ExitCode.WRONG_INPUT);
        }
    }

    /// Gives a user a password.
    ///
    /// @param replace whether a file of the user's older password may be there
    /// @param use hands the password to auth-service
    /// @return the user as auth-service answered, and under `passwordFile` where the password is
    Map<String, Object> give(
            SuiteOption suite, String username, boolean replace, Function<Password, JsonNode> use) {
        if (fromInput) {
            if (file.isPresent()) {
                throw new LaunchException(
                        "--password-stdin and --password-file exclude one another.",
                        ExitCode.WRONG_INPUT);
            }
            return fields(use.apply(SecretInput.read("Password: ")));
        }
        requireName(username);
        var path = file.orElseGet(() -> suite.passwordFile(username));
        try (var secret = SecretFile.prepare(path, replace)) {
            var password = new Password(new Secrets(suite.home()).newPassword());
            secret.write(password.reveal());
            var user = fields(handOver(secret, () -> use.apply(password)));
            secret.settle();
            user.put("passwordFile", secret.path().toString());
            return user;
        }
    }

    /// The only copy of a password that may be valid now is not thrown away.
    private static JsonNode handOver(SecretFile secret, Supplier<JsonNode> use) {
        try {
            return use.get();
        } catch (UnansweredException lost) {
            throw new LaunchException(
                    lost.getMessage()
                            + " If the password was taken, it is the one "
                            + secret.keep());
        }
    }

    private static Map<String, Object> fields(JsonNode user) {
        Map<String, Object> fields = new LinkedHashMap<>();
        user.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }

    /// What auth-service says too; here it becomes part of a file's name.
    private static void requireName(String username) {
        if (!username.matches("[\\p{L}\\p{M}\\p{N}._@+-]{1,128}")) {
            throw new LaunchException(
                    "A username is 1 to 128 letters, digits or . _ @ + - characters.",
                    ExitCode.WRONG_INPUT);
        }
    }
}
