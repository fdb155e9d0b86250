package dev.drawbridge.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;

/// `docs/errors.md` says what [Problem] says. With `-Ddrawbridge.docs=write` its table is
/// rewritten.
class ErrorsDocTest {
    private static final String BEGIN = "<!-- generated from Problem: begin -->\n";
    private static final String END = "<!-- generated from Problem: end -->\n";
    private static final String HEAD =
            """
            | code | HTTP | over MCP, from a tool | what you read | what to do |
            |---|---|---|---|---|
            """;

    @Test
    void says_what_problems_say() throws IOException {
        var document = checkout().resolve("docs/errors.md");
        String text = Files.readString(document);
        String expected = replaceTable(text);
        if ("write".equals(System.getProperty("drawbridge.docs"))) {
            Files.writeString(document, expected);
        }

        assertThat(Files.readString(document)).isEqualTo(expected);
    }

    private static String replaceTable(String text) {
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        return text.substring(0, begin) + HEAD + rows() + text.substring(end);
    }

    private static String rows() {
        return Arrays.stream(Problem.class.getPermittedSubclasses())
                .map(ErrorsDocTest::sample)
                .sorted(
                        Comparator.comparingInt(Problem::httpStatus)
                                .thenComparing(Problem::code)
                                .thenComparing(Problem::detail))
                .map(ErrorsDocTest::row)
                .collect(Collectors.joining());
    }

    private static String row(Problem problem) {
        return "| `%s` | %d | %s | %s | %s |\n"
                .formatted(
                        problem.code(),
                        problem.httpStatus(),
                        overMcp(problem),
                        problem.detail(),
                        whatToDo(problem));
    }

    /// One with the names of its parts for their values.
    private static Problem sample(Class<?> type) {
        var parts = type.getRecordComponents();
        var types =
                Arrays.stream(parts).map(RecordComponent::getType).<Class<?>>toArray(Class[]::new);
        var values = Arrays.stream(parts).map(ErrorsDocTest::placeholder).toArray();
        try {
            return (Problem) type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException failure) {
            throw new AssertionError(failure);
        }
    }

    private static Object placeholder(RecordComponent part) {
        if (part.getType() == int.class) {
            return 0;
        }
        return part.getType() == Duration.class
                ? Duration.ofSeconds(5)
                : "‹" + part.getName() + "›";
    }

    private static String overMcp(Problem problem) {
        return switch (problem) {
            case Problem.Unauthenticated _ -> "HTTP 401, no JSON-RPC answer";
            case Problem.CredentialUnchecked _ -> "HTTP 503, no JSON-RPC answer";
            case Problem.Stopping _ -> "HTTP 503 and a JSON-RPC error";
            case Problem.OutOfScope _ ->
                    "HTTP 403, where an identity provider gives a wider scope; else result, `isError`";
            case Problem.StaleVersion _,
                    Problem.VersionRequired _,
                    Problem.ReauthenticationRequired _,
                    Problem.SecondFactorRequired _ ->
                    "–";
            case Problem _ -> "result, `isError`";
        };
    }

    private static String whatToDo(Problem problem) {
        return switch (problem) {
            case Problem.Invalid _ -> "Mend the field that `field` names.";
            case Problem.VersionRequired _ -> "Read it, then repeat with `If-Match`.";
            case Problem.ReauthenticationRequired _ ->
                    "`POST /api/v1/auth/reauthenticate` with the password, then repeat.";
            case Problem.SecondFactorRequired _ -> "Repeat the login with `otp`.";
            case Problem.Unauthenticated _ -> "Sign in again, or take another token.";
            case Problem.Forbidden _ -> "Ask an administrator for a grant.";
            case Problem.OutOfScope _ -> "Use a token with a wider scope.";
            case Problem.NotFound _ ->
                    "Check the id. What you may not see reads the same as what is not there.";
            case Problem.Conflict _ -> "Read the present state, then decide anew.";
            case Problem.StaleVersion _ -> "Read it again and repeat with the new `ETag`.";
            case Problem.RateLimited _, Problem.Overloaded _, Problem.CredentialUnchecked _ ->
                    "Wait as long as `Retry-After` and `retryAfterMs` say.";
            case Problem.Stopping _ -> "Send it again: nothing of it was begun.";
            case Problem.QuotaExceeded _ -> "Ask whoever set the quota.";
            case Problem.QueryTimeout _ -> "Filter earlier; look at `explain_query`.";
            case Problem.QueryCancelled _ -> "Nothing: somebody wanted it.";
            case Problem.QueryRejected _ -> "Rewrite the statement; `position` says where.";
            case Problem.Database _ -> "Mend the statement: `sqlState` and `position` say where.";
            case Problem.DatabaseUnavailable _ -> "Retry later; tell who runs the database.";
            case Problem.Upstream _ -> "Retry later.";
            case Problem.Internal _ -> "Report the incident id; the log has it with the stack.";
        };
    }

    private static Path checkout() {
        for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isExecutable(at.resolve("drawbridge"))) {
                return at;
            }
        }
        throw new IllegalStateException("no ./drawbridge above the working folder");
    }
}
