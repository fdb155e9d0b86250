package dev.drawbridge.auth.audit;

import dev.drawbridge.auth.request.Required;

import io.quarkus.runtime.annotations.RegisterForReflection;

import jakarta.ws.rs.QueryParam;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/// The query parameters that choose records, as they were sent.
@RegisterForReflection
public final class AuditQuery {
    @QueryParam("from")
    @Nullable String from;

    @QueryParam("to")
    @Nullable String to;

    @QueryParam("user")
    @Nullable String user;

    @QueryParam("action")
    @Nullable String action;

    @QueryParam("object")
    @Nullable String object;

    @QueryParam("connection")
    @Nullable String connection;

    @QueryParam("outcome")
    @Nullable String outcome;

    @QueryParam("traceId")
    @Nullable String traceId;

    /// What they mean.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` naming the parameter
    AuditFilter filter() {
        return new AuditFilter(
                AuditFilter.time("from", from),
                AuditFilter.time("to", to),
                Required.id("user", user),
                action,
                object,
                Required.id("connection", connection),
                outcome,
                AuditFilter.trace("traceId", traceId));
    }

    /// Those that were sent, for the record of an export.
    Map<String, String> sent() {
        Map<String, String> sent = new LinkedHashMap<>();
        put(sent, "from", from);
        put(sent, "to", to);
        put(sent, "user", user);
        put(sent, "action", action);
        put(sent, "object", object);
        put(sent, "connection", connection);
        put(sent, "outcome", outcome);
        put(sent, "traceId", traceId);
        return sent;
    }

    private static void put(Map<String, String> sent, String name, @Nullable String value) {
        if (value != null) {
            sent.put(name, value);
        }
    }
}
