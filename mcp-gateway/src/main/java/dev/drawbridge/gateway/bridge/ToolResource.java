package dev.drawbridge.gateway.bridge;

import dev.drawbridge.gateway.audit.FeatureUse;
import dev.drawbridge.gateway.audit.Reach;
import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.mcp.wire.AnswerJson;
import dev.drawbridge.gateway.mcp.wire.ToolListing;
import dev.drawbridge.gateway.target.AnswerRoom;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.tool.Selection;
import dev.drawbridge.gateway.tool.Selections;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.Tools;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemDetails;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/// The tools over plain HTTP: the same list, and the same calls with the same rights, limits and
/// records as over MCP.
@Path("/api/v1/mcp/tools")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@NonBlocking
final class ToolResource {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Tools tools;
    private final ToolListing listing;
    private final Selections selections;
    private final AnswerRoom room;
    private final CurrentCaller current;

    ToolResource(
            Tools tools,
            ToolListing listing,
            Selections selections,
            AnswerRoom room,
            CurrentCaller current) {
        this.tools = tools;
        this.listing = listing;
        this.selections = selections;
        this.room = room;
        this.current = current;
    }

    /// A call of a tool.
    @Schema(requiredProperties = "name")
    record Call(@Nullable String name, @Nullable Map<String, Object> arguments) {}

    /// Parameters as at the endpoint of MCP, which read them from the request itself.
    @GET
    @APIResponse(
            responseCode = "200",
            description = "The tools",
            content = @Content(schema = @Schema(implementation = Written.ToolList.class)))
    public Uni<String> list(
            @QueryParam("features") @Nullable String features,
            @QueryParam("read_only") @Nullable String readOnly,
            @QueryParam("connection") @Nullable String connection,
            @Context RoutingContext context) {
        Caller caller = current.get();
        Selection selection = selections.of(caller, context.queryParams());
        return Uni.createFrom()
                .item(
                        listing.seenBy(caller, selection).stream()
                                .map(ToolListing.Entry::json)
                                .collect(Collectors.joining(",", "{\"tools\":[", "]}")));
    }

    @POST
    @Path("call")
    @APIResponse(
            responseCode = "200",
            description = "What the tool answers",
            content = @Content(schema = @Schema(implementation = Written.CallAnswer.class)))
    public Uni<String> call(
            @QueryParam("features") @Nullable String features,
            @QueryParam("read_only") @Nullable String readOnly,
            @QueryParam("connection") @Nullable String connection,
            Call wanted,
            @Context RoutingContext context) {
        Caller caller = current.get();
        Selection selection = selections.of(caller, context.queryParams());
        String name = wanted == null ? null : wanted.name();
        if (name == null) {
            throw new Problem.Invalid("name", "is missing").exception();
        }
        var reach = new Reach(current.clientAddress(), ProblemDetails.currentTraceId());
        if (!tools.isKnown(caller, selection, name)) {
            tools.refuse(FeatureUse.ofTool(caller, current.clientAddress(), name, reach));
            throw new Problem.NotFound("tool", name).exception();
        }
        Map<String, Object> given = wanted.arguments();
        var call =
                new ToolCall(
                        caller,
                        current.clientAddress(),
                        given == null ? new JsonObject() : new JsonObject(given),
                        signal(context),
                        reach,
                        selection);
        return Uni.createFrom()
                .completionStage(() ->
                        tools.callCounted(name, call)
                                .map(outcome -> written(context, outcome))
                                .toCompletionStage());
    }

    private String written(RoutingContext context, Outcome<ToolAnswer> outcome) {
        return switch (outcome) {
            case Outcome.Done<ToolAnswer>(var answer) -> written(context, answer);
            case Outcome.InputRequired<ToolAnswer> _ ->
                    throw new IllegalStateException("Asked a client that cannot be asked");
        };
    }

    private String written(RoutingContext context, ToolAnswer answer) {
        AnswerRoom.Share share = room.share();
        context.addEndHandler(_ -> share.close());
        if (!share.take(answer.size())) {
            throw new Problem.Overloaded(RETRY).exception();
        }
        var body = Buffer.buffer(AnswerJson.sizeOf(answer)).appendString("{");
        AnswerJson.appendWithMeta(body, answer);
        return body.appendString("}").toString();
    }

    private static CancelSignal signal(RoutingContext context) {
        var signal = new CancelSignal();
        context.addEndHandler(ended -> {
            if (ended.failed()) {
                signal.cancel("The client went away.");
            }
        });
        return signal;
    }
}
