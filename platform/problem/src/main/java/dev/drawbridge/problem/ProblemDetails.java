package dev.drawbridge.problem;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;

import org.jspecify.annotations.Nullable;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// The body of an `application/problem+json` answer (RFC 9457), with our three members `code`,
/// `field` and `traceId`.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProblemDetails(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @Nullable String field,
        @Nullable String sqlState,
        @Nullable Integer position,
        @Nullable Long retryAfterMs,
        String traceId) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public static ProblemDetails of(Problem problem) {
        return new ProblemDetails(
                "urn:drawbridge:problem:" + problem.code().toLowerCase(java.util.Locale.ROOT),
                titleOf(problem.code()),
                problem.httpStatus(),
                problem.detail(),
                problem.code(),
                problem instanceof Problem.Invalid invalid ? invalid.field() : null,
                problem instanceof Problem.Database database ? database.sqlState() : null,
                problem.position() == 0 ? null : problem.position(),
                retryAfterOf(problem),
                currentTraceId());
    }

    /// For the header `Retry-After`: whole seconds, none too early; null where there is no such
    /// time.
    @Nullable Long retryAfterSeconds() {
        return retryAfterMs == null ? null : Math.max(1, Math.ceilDiv(retryAfterMs, 1_000));
    }

    /// The same problem under the status that the framework answered with.
    ProblemDetails withStatus(int answered) {
        return new ProblemDetails(
                type,
                title,
                answered,
                detail,
                code,
                field,
                sqlState,
                position,
                retryAfterMs,
                traceId);
    }

    /// The W3C trace id of the current request; a random one where tracing is off, so that a report
    /// always has something to quote.
    public static String currentTraceId() {
        SpanContext context = Span.current().getSpanContext();
        if (context.isValid()) {
            return context.getTraceId();
        }
        var random = ThreadLocalRandom.current();
        var hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }

    private static String titleOf(String code) {
        String words = code.toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static @Nullable Long retryAfterOf(Problem problem) {
        return switch (problem) {
            case Problem.RateLimited limited -> limited.retryAfter().toMillis();
            case Problem.Overloaded overloaded -> overloaded.retryAfter().toMillis();
            case Problem.Stopping stopping -> stopping.retryAfter().toMillis();
            case Problem.CredentialUnchecked unchecked -> unchecked.retryAfter().toMillis();
            default -> null;
        };
    }
}
