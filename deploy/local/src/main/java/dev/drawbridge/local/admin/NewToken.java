package dev.drawbridge.local.admin;

import dev.drawbridge.local.report.LaunchException;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What is said of a token that is to be made.
final class NewToken {
    private static final Pattern SPAN = Pattern.compile("(\\d{1,5})([dhm])");

    @Parameters(paramLabel = "<name>")
    private String name = "";

    @Option(
            names = "--user",
            paramLabel = "<username>",
            description = "For this service account instead of who is signed in.")
    private Optional<String> account = Optional.empty();

    @Option(
            names = "--scope",
            paramLabel = "<object>=<level>",
            description = "Lets only this through; may be given again. Without one: everything.")
    private List<String> scopes = List.of();

    @Option(
            names = "--cidr",
            paramLabel = "<network>",
            description = "Works only from this network; may be given again.")
    private List<String> networks = List.of();

    @Option(
            names = "--expires",
            paramLabel = "<when>",
            description = "After 90d, 12h or 30m, or at a time such as 2030-01-31T00:00:00Z.")
    private Optional<String> expires = Optional.empty();

    @Option(
            names = "--agent-class",
            paramLabel = "<class>",
            description = "persistent, serverless, edge or high-performance.")
    private Optional<String> agentClass = Optional.empty();

    @Option(
            names = "--token-file",
            paramLabel = "<file>",
            description =
                    "Where the token is written, for its owner alone (default: token-<name> with"
                            + " the home's secrets).")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--print", description = "Print the token instead of writing it to a file.")
    private boolean print;

    boolean isPrinted() {
        return print;
    }

    /// Where tokens of that owner are made.
    String path(Session session) {
        return account.map(name -> "/users/" + Session.id(session.user(name)) + "/tokens")
                .orElse("/auth/tokens");
    }

    Path file(SuiteOption suite) {
        String plain = name.replaceAll("[^\\p{L}\\p{M}\\p{N}._@+-]", "_");
        return file.orElseGet(() -> suite.home().secrets().resolve("token-" + plain));
    }

    Map<String, Object> request() {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("name", name);
        if (!scopes.isEmpty()) {
            request.put("scopes", scopes.stream().map(NewToken::scope).toList());
        }
        if (!networks.isEmpty()) {
            request.put("allowedCidrs", networks);
        }
        expires.ifPresent(
                when -> request.put("expiresAt", instant(when, Instant.now()).toString()));
        agentClass.ifPresent(value -> request.put("agentClass", value));
        return request;
    }

    /// A resource's URI may hold the sign too: the last one counts.
    private static Map<String, String> scope(String text) {
        int sign = text.lastIndexOf('=');
        if (sign < 1) {
            throw new LaunchException(
                    "--scope must be <object>=<level>, such as tool:*=read.", ExitCode.WRONG_INPUT);
        }
        return Map.of("object", text.substring(0, sign), "level", text.substring(sign + 1));
    }

    static Instant instant(String when, Instant now) {
        var span = SPAN.matcher(when);
        if (span.matches()) {
            long count = Long.parseLong(span.group(1));
            var length =
                    switch (span.group(2)) {
                        case "d" -> Duration.ofDays(count);
                        case "h" -> Duration.ofHours(count);
                        default -> Duration.ofMinutes(count);
                    };
            return now.plus(length).truncatedTo(ChronoUnit.SECONDS);
        }
        try {
            return Instant.parse(when);
        } catch (DateTimeParseException _) {
            throw new LaunchException(
                    "--expires must be a span such as 90d, 12h or 30m, or a time such as"
                            + " 2030-01-31T00:00:00Z.",
                    ExitCode.WRONG_INPUT);
        }
    }
}
