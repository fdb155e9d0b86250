package dev.drawbridge.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class ProblemTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    static Stream<Arguments> everyProblem() {
        return Stream.of(
                Arguments.of(new Problem.Invalid("name", "is required"), "VALIDATION_ERROR", 400),
                Arguments.of(new Problem.Unauthenticated("Sign in."), "AUTHENTICATION_ERROR", 401),
                Arguments.of(
                        new Problem.ReauthenticationRequired(SECOND),
                        "REAUTHENTICATION_REQUIRED",
                        401),
                Arguments.of(
                        new Problem.SecondFactorRequired("Send it."),
                        "SECOND_FACTOR_REQUIRED",
                        401),
                Arguments.of(new Problem.Forbidden("admin on *"), "AUTHORIZATION_ERROR", 403),
                Arguments.of(
                        new Problem.OutOfScope("write on *", "write"), "AUTHORIZATION_ERROR", 403),
                Arguments.of(new Problem.NotFound("user", "7"), "NOT_FOUND", 404),
                Arguments.of(new Problem.Conflict("It is there."), "CONFLICT", 409),
                Arguments.of(new Problem.StaleVersion("user"), "CONFLICT", 412),
                Arguments.of(new Problem.VersionRequired("user"), "VALIDATION_ERROR", 428),
                Arguments.of(new Problem.RateLimited(SECOND), "RATE_LIMITED", 429),
                Arguments.of(new Problem.QuotaExceeded("tokens"), "QUOTA_EXCEEDED", 429),
                Arguments.of(new Problem.QueryTimeout(SECOND), "QUERY_TIMEOUT", 504),
                Arguments.of(new Problem.QueryCancelled("You left."), "QUERY_CANCELLED", 499),
                Arguments.of(new Problem.QueryRejected("No SET.", 8), "QUERY_REJECTED", 400),
                Arguments.of(
                        new Problem.Database("42P01", "no t", null, 15), "DATABASE_ERROR", 422),
                Arguments.of(new Problem.DatabaseUnavailable("Down."), "DATABASE_UNAVAILABLE", 503),
                Arguments.of(new Problem.Overloaded(SECOND), "OVERLOADED", 503),
                Arguments.of(new Problem.Stopping(SECOND), "STOPPING", 503),
                Arguments.of(new Problem.Upstream("auth-service"), "UPSTREAM_ERROR", 502),
                Arguments.of(new Problem.CredentialUnchecked(SECOND), "UPSTREAM_ERROR", 503),
                Arguments.of(new Problem.Internal("incident-1"), "INTERNAL_ERROR", 500));
    }

    @ParameterizedTest
    @MethodSource("everyProblem")
    void has_its_code_its_status_and_something_to_say(Problem problem, String code, int status) {
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.httpStatus()).isEqualTo(status);
        assertThat(problem.detail()).isNotBlank();
    }

    @Test
    void is_in_the_table_above_whatever_its_kind() {
        Set<?> listed =
                everyProblem()
                        .map(row -> row.get()[0].getClass())
                        .collect(Collectors.toUnmodifiableSet());

        assertThat(listed)
                .isEqualTo(Set.copyOf(Arrays.asList(Problem.class.getPermittedSubclasses())));
    }

    @Test
    void tells_a_place_in_the_text_only_where_it_knows_one() {
        assertThat(new Problem.QueryRejected("No SET.", 8).position()).isEqualTo(8);
        assertThat(new Problem.Database("42601", "syntax", null, 3).position()).isEqualTo(3);
        assertThat(new Problem.Conflict("It is there.").position()).isZero();
    }

    @Test
    void tells_the_hint_of_the_database() {
        assertThat(new Problem.Database("42703", "no column x", "Did you mean y?", 0).detail())
                .isEqualTo("no column x (SQLSTATE 42703). Did you mean y?");
    }

    @Test
    void is_thrown_without_the_cost_of_a_stack_and_keeps_its_cause() {
        var cause = new IllegalStateException("why");

        var thrown = new Problem.Conflict("It is there.").exception(cause);

        assertThat(thrown.getStackTrace()).isEmpty();
        assertThat(thrown).hasCause(cause).hasMessage("CONFLICT: It is there.");
    }

    @Test
    void never_tells_to_retry_at_once_or_too_early() {
        assertThat(new Problem.RateLimited(Duration.ofNanos(1)).detail()).endsWith("after 1 s.");
        assertThat(new Problem.RateLimited(Duration.ofMillis(1_001)).detail())
                .endsWith("after 2 s.");
    }
}
