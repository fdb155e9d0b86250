package dev.drawbridge.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;

import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class ProblemMapperTest {
    private final ProblemMapper mapper = new ProblemMapper();

    record Colour(String name) {
        @JsonCreator
        static Colour parse(String text) {
            throw new Problem.Invalid("colour", "must be red").exception();
        }
    }

    record Fence(int height, List<Colour> colours) {}

    @Test
    void answers_a_problem_with_its_status_and_media_type() {
        Response answer = mapper.expected(new Problem.NotFound("user", "7").exception());

        assertThat(answer.getStatus()).isEqualTo(404);
        assertThat(answer.getMediaType().toString()).isEqualTo("application/problem+json");
        assertThat(details(answer).detail()).isEqualTo("There is no user 7.");
    }

    @Test
    void challenges_who_is_not_signed_in() {
        Response answer = mapper.expected(new Problem.Unauthenticated("Sign in.").exception());

        assertThat(answer.getHeaderString("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void tells_when_to_come_back_in_whole_seconds_and_never_at_once() {
        var soon = new Problem.Overloaded(Duration.ofMillis(20)).exception();
        var later = new Problem.RateLimited(Duration.ofMillis(1_500)).exception();

        assertThat(mapper.expected(soon).getHeaderString("Retry-After")).isEqualTo("1");
        assertThat(mapper.expected(later).getHeaderString("Retry-After")).isEqualTo("2");
    }

    @Test
    void names_an_unknown_field_where_it_stands() {
        assertInvalid(read("{\"height\": 1, \"colors\": []}"), "colors", "is not a known field");
    }

    @Test
    void names_a_field_of_the_wrong_type() {
        assertInvalid(read("{\"height\": \"tall\"}"), "height", "does not have the right type");
    }

    @Test
    void passes_on_what_a_type_of_ours_says_and_where() {
        assertInvalid(read("{\"colours\": [\"blue\"]}"), "colours[0]", "must be red");
    }

    @Test
    void says_that_a_body_is_not_json() {
        assertInvalid(read("{\"height\": "), "body", "is not valid JSON");
    }

    @Test
    void reads_the_cause_of_a_framework_refusal() {
        var refusal = new WebApplicationException(read("{\"heigt\": 1}"), 400);

        assertThat(details(mapper.protocol(refusal)).field()).isEqualTo("heigt");
    }

    @Test
    void keeps_the_status_and_headers_of_a_framework_refusal() {
        Response wrongMethod = mapper.protocol(new NotAllowedException("GET"));

        assertThat(wrongMethod.getStatus()).isEqualTo(405);
        assertThat(wrongMethod.getHeaderString("Allow")).isEqualTo("GET");
        assertThat(details(wrongMethod).status()).isEqualTo(405);
        assertThat(details(wrongMethod).detail())
                .isEqualTo("request: is refused: Method Not Allowed");
        assertThat(details(mapper.protocol(new NotFoundException())).code()).isEqualTo("NOT_FOUND");
    }

    @Test
    void says_no_more_than_that_the_security_layer_refused() {
        var invalid = new AuthenticationFailedException(new IllegalStateException("secret"));

        assertThat(details(mapper.unauthenticated(invalid)).detail()).doesNotContain("secret");
        assertThat(mapper.anonymous(new UnauthorizedException()).getStatus()).isEqualTo(401);
        assertThat(mapper.forbidden(new ForbiddenException()).getStatus()).isEqualTo(403);
    }

    @Test
    void hides_a_bug_behind_an_incident() {
        Response answer = mapper.bug(new IllegalStateException("postgresql://user:secret@host"));

        assertThat(answer.getStatus()).isEqualTo(500);
        assertThat(details(answer).detail())
                .matches("Something went wrong on our side. Report the incident [0-9a-f-]{36}\\.");
    }

    private static void assertInvalid(Exception failure, String field, String reason) {
        var details = details(new ProblemMapper().unreadable((JsonProcessingException) failure));
        assertThat(details.status()).isEqualTo(400);
        assertThat(details.field()).isEqualTo(field);
        assertThat(details.detail()).isEqualTo(field + ": " + reason);
    }

    private static JsonProcessingException read(String json) {
        return catchThrowableOfType(
                JsonProcessingException.class,
                () -> new ObjectMapper().readValue(json, Fence.class));
    }

    private static ProblemDetails details(Response answer) {
        return (ProblemDetails) answer.getEntity();
    }
}
