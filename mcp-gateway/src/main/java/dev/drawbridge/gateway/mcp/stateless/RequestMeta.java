package dev.drawbridge.gateway.mcp.stateless;

import dev.drawbridge.gateway.client.Ability;
import dev.drawbridge.gateway.client.LogLevel;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a request says of its client (`params._meta`), which is all that is known of it.
///
/// @param tasks whether it takes a task in place of an answer
/// @param logLevel the least grave message that it wants to hear of; null if none
/// @param progressToken a string or a number that notifications of progress carry; null if it wants
///   none
/// @param parent the client's own span (W3C Trace Context); null without a valid one
record RequestMeta(
        Set<Ability> abilities,
        boolean tasks,
        @Nullable LogLevel logLevel,
        @Nullable Object progressToken,
        @Nullable SpanContext parent) {
    static final String PREFIX = "io.modelcontextprotocol/";
    static final String VERSION = PREFIX + "protocolVersion";
    static final String SERVER_INFO = PREFIX + "serverInfo";
    static final String SUBSCRIPTION = PREFIX + "subscriptionId";
    static final String TASKS = PREFIX + "tasks";

    private static final String CAPABILITIES = PREFIX + "clientCapabilities";
    private static final String LOG_LEVEL = PREFIX + "logLevel";

    /// W3C Trace Context, section 3.2; an id of zeros is none.
    private static final Pattern TRACEPARENT =
            Pattern.compile(
                    "[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})");

    /// Reads the metadata of a request.
    ///
    /// @throws RpcException −32602 when something that is required is missing or of a wrong type
    static RequestMeta of(JsonObject meta) {
        if (!(meta.getValue(CAPABILITIES) instanceof JsonObject capabilities)) {
            throw RpcException.missing("_meta." + CAPABILITIES, "is missing or no object");
        }
        return new RequestMeta(
                abilities(capabilities),
                capabilities.getValue("extensions") instanceof JsonObject extensions
                        && extensions.getValue(TASKS) instanceof JsonObject,
                logLevel(meta.getValue(LOG_LEVEL)),
                progressToken(meta.getValue("progressToken")),
                parent(meta.getValue("traceparent")));
    }

    private static Set<Ability> abilities(JsonObject capabilities) {
        var abilities = EnumSet.noneOf(Ability.class);
        for (Ability ability : Ability.values()) {
            if (capabilities.getValue(ability.key()) instanceof JsonObject) {
                abilities.add(ability);
            }
        }
        return abilities;
    }

    private static @Nullable LogLevel logLevel(@Nullable Object level) {
        return switch (level) {
            case null -> null;
            case String text ->
                    LogLevel.of(text)
                            .orElseThrow(() ->
                                    RpcException.missing("_meta." + LOG_LEVEL, "is no level"));
            default -> throw RpcException.missing("_meta." + LOG_LEVEL, "is no level");
        };
    }

    private static @Nullable Object progressToken(@Nullable Object token) {
        return switch (token) {
            case null -> null;
            case String text -> text;
            case Integer number -> number;
            case Long number -> number;
            default ->
                    throw RpcException.missing(
                            "_meta.progressToken", "is neither a string nor a whole number");
        };
    }

    /// The W3C trace id that the client says its request belongs to; null if it says none.
    @Nullable String trace() {
        return parent == null ? null : parent.getTraceId();
    }

    /// Where one came over a broken or a foreign hop, the request goes on without it.
    private static @Nullable SpanContext parent(@Nullable Object traceparent) {
        Matcher matcher = TRACEPARENT.matcher(traceparent instanceof String text ? text : "");
        return matcher.matches()
                ? SpanContext.createFromRemoteParent(
                        matcher.group(1),
                        matcher.group(2),
                        TraceFlags.fromHex(matcher.group(3), 0),
                        TraceState.getDefault())
                : null;
    }
}
