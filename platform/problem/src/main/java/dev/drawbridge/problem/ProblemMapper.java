package dev.drawbridge.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

import java.util.UUID;
import java.util.stream.Collectors;

/// The only place where a failure becomes an HTTP response.
public final class ProblemMapper {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    @ServerExceptionMapper
    public Response expected(ProblemException failure) {
        return respond(failure.problem());
    }

    /// Tells why, where a problem of ours does: which words a refusal may have was decided there.
    @ServerExceptionMapper(priority = 1)
    public Response unauthenticated(AuthenticationFailedException failure) {
        if (failure.getCause() instanceof ProblemException refused) {
            return respond(refused.problem());
        }
        return respond(new Problem.Unauthenticated("The credential is not valid."));
    }

    @ServerExceptionMapper(priority = 1)
    public Response anonymous(UnauthorizedException failure) {
        return respond(new Problem.Unauthenticated("Sign in, or send a token."));
    }

    @ServerExceptionMapper(priority = 1)
    public Response forbidden(ForbiddenException failure) {
        return respond(new Problem.Forbidden("of this operation"));
    }

    @ServerExceptionMapper
    public Response unreadable(JsonProcessingException failure) {
        return respond(explain(failure));
    }

    /// The framework has a mapper of its own for this one, which says nothing at all.
    @ServerExceptionMapper
    public Response mismatched(MismatchedInputException failure) {
        return respond(explain(failure));
    }

    /// The framework's own refusals (no such path, method, media type) keep their status and gain
    /// our body.
    @ServerExceptionMapper
    public Response protocol(WebApplicationException failure) {
        if (failure.getCause() instanceof JsonProcessingException unreadable) {
            return respond(explain(unreadable));
        }
        Response original = failure.getResponse();
        if (original.hasEntity()) {
            return original;
        }
        Problem problem =
                switch (original.getStatus()) {
                    case 400 -> new Problem.Invalid("request", "could not be read");
                    case 401 -> new Problem.Unauthenticated("Sign in, or send a token.");
                    case 403 -> new Problem.Forbidden("of this operation");
                    case 404 -> new Problem.NotFound("resource", "at this path");
                    case 500 -> internal(failure);
                    default -> new Problem.Invalid("request", reason(original));
                };
        return Response.fromResponse(original)
                .type(ProblemDetails.MEDIA_TYPE)
                .entity(ProblemDetails.of(problem).withStatus(original.getStatus()))
                .build();
    }

    private static String reason(Response refusal) {
        return "is refused: " + refusal.getStatusInfo().getReasonPhrase();
    }

    @ServerExceptionMapper
    public Response bug(RuntimeException bug) {
        return respond(internal(bug));
    }

    /// A problem as an HTTP response.
    public static Response respond(Problem problem) {
        var details = ProblemDetails.of(problem);
        var response =
                Response.status(problem.httpStatus())
                        .type(ProblemDetails.MEDIA_TYPE)
                        .entity(details);
        String challenge = challenge(problem);
        if (challenge != null) {
            response.header("WWW-Authenticate", challenge);
        }
        Long retryAfter = details.retryAfterSeconds();
        if (retryAfter != null) {
            response.header("Retry-After", retryAfter);
        }
        return response.build();
    }

    /// RFC 6750 section 3; for a proof that is too old or too weak RFC 9470 section 3.
    private static @Nullable String challenge(Problem problem) {
        String weak = "Bearer error=\"insufficient_user_authentication\"";
        return switch (problem) {
            case Problem.Unauthenticated _ -> "Bearer";
            case Problem.SecondFactorRequired _ -> weak;
            case Problem.ReauthenticationRequired stale ->
                    weak + ", max_age=\"" + stale.maxAge().toSeconds() + "\"";
            default -> null;
        };
    }

    /// Gives a bug an incident id and logs it once, with its stack.
    public static Problem.Internal internal(Throwable bug) {
        var incident = UUID.randomUUID().toString();
        LOG.errorf(bug, "incident=%s", incident);
        return new Problem.Internal(incident);
    }

    /// What a type of ours named, where that lies in what was read; else what was read.
    private static String within(String read, String field) {
        return read.isEmpty() || field.startsWith(read + ".") ? field : read;
    }

    /// What Jackson knows of the values of an enumeration stands at the end of its message.
    private static String expected(JsonMappingException mapping) {
        String message = mapping.getOriginalMessage();
        int values = message.lastIndexOf("Enum class: [");
        return mapping instanceof InvalidFormatException other
                        && other.getTargetType().isEnum()
                        && values >= 0
                ? "must be one of " + message.substring(values + "Enum class: ".length())
                : "does not have the right type";
    }

    private static Problem explain(JsonProcessingException failure) {
        if (failure instanceof JsonMappingException mapping) {
            String field =
                    mapping.getPath().stream()
                            .map(step ->
                                    step.getFieldName() == null
                                            ? "[" + step.getIndex() + "]"
                                            : "." + step.getFieldName())
                            .collect(Collectors.joining());
            field = field.startsWith(".") ? field.substring(1) : field;
            if (mapping instanceof UnrecognizedPropertyException) {
                return new Problem.Invalid(field, "is not a known field");
            }
            String named = field.isEmpty() ? "body" : field;
            // A type of ours that refuses its text says why better than Jackson does.
            return mapping.getCause() instanceof ProblemException refused
                            && refused.problem() instanceof Problem.Invalid invalid
                    ? new Problem.Invalid(within(field, invalid.field()), invalid.reason())
                    : new Problem.Invalid(named, expected(mapping));
        }
        return new Problem.Invalid("body", "is not valid JSON");
    }
}
