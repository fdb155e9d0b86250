package dev.drawbridge.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class ProblemDetailsTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @Test
    void leaves_out_what_it_does_not_know() throws Exception {
        var details = ProblemDetails.of(new Problem.Conflict("It is there."));

        var json = new ObjectMapper().readTree(new ObjectMapper().writeValueAsString(details));

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("type", "title", "status", "detail", "code", "traceId");
        assertThat(json.get("type").asText()).isEqualTo("urn:drawbridge:problem:conflict");
        assertThat(json.get("title").asText()).isEqualTo("Conflict");
        assertThat(json.get("status").asInt()).isEqualTo(409);
    }

    @Test
    void names_the_field_the_sqlstate_the_place_and_when_to_come_back() {
        assertThat(ProblemDetails.of(new Problem.Invalid("limit", "is too big")).field())
                .isEqualTo("limit");
        var database = ProblemDetails.of(new Problem.Database("42601", "syntax", null, 8));
        assertThat(database.sqlState()).isEqualTo("42601");
        assertThat(database.position()).isEqualTo(8);
        assertThat(ProblemDetails.of(new Problem.Overloaded(Duration.ofMillis(250))).retryAfterMs())
                .isEqualTo(250);
    }

    @Test
    void quotes_the_trace_of_the_request() {
        var context =
                SpanContext.create(
                        TRACE,
                        "b7ad6b7169203331",
                        TraceFlags.getDefault(),
                        TraceState.getDefault());

        try (var _ = Span.wrap(context).makeCurrent()) {
            assertThat(ProblemDetails.currentTraceId()).isEqualTo(TRACE);
        }
    }

    @Test
    void makes_a_trace_id_up_where_there_is_no_trace() {
        assertThat(ProblemDetails.currentTraceId())
                .matches("[0-9a-f]{32}")
                .isNotEqualTo(ProblemDetails.currentTraceId());
    }
}
