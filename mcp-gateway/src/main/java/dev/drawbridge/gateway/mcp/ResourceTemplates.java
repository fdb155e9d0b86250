package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.resource.Resources;
import dev.drawbridge.identity.CurrentCaller;

import io.quarkiverse.mcp.server.Cancellation;
import io.quarkiverse.mcp.server.CompleteContext;
import io.quarkiverse.mcp.server.CompleteResourceTemplate;
import io.quarkiverse.mcp.server.CompletionResponse;
import io.quarkiverse.mcp.server.RequestUri;
import io.quarkiverse.mcp.server.ResourceResponse;
import io.quarkiverse.mcp.server.ResourceTemplate;
import io.quarkiverse.mcp.server.ResourceTemplateArg;
import io.smallrye.mutiny.Uni;

import jakarta.inject.Singleton;

/// The two templates. Declared, not registered: the extension completes the variables of declared
/// templates only.
@Singleton
final class ResourceTemplates {
    private final Resources resources;
    private final ResourceAnswers answers;
    private final CurrentCaller caller;

    ResourceTemplates(Resources resources, ResourceAnswers answers, CurrentCaller caller) {
        this.resources = resources;
        this.answers = answers;
        this.caller = caller;
    }

    @ResourceTemplate(
            name = "server",
            title = "Server of a connection",
            uriTemplate = Resources.INFO_TEMPLATE,
            description = "A connection's server: version, size, schemas, extensions.",
            mimeType = Resources.MEDIA_TYPE)
    Uni<ResourceResponse> server(
            @ResourceTemplateArg(name = "connection") String connection,
            RequestUri uri,
            Cancellation cancellation) {
        return answers.read(uri.value(), cancellation);
    }

    @ResourceTemplate(
            name = "table",
            title = "Table",
            uriTemplate = Resources.TABLE_TEMPLATE,
            description = "A table: columns, comments, keys, indexes.",
            mimeType = Resources.MEDIA_TYPE)
    Uni<ResourceResponse> table(
            @ResourceTemplateArg(name = "connection") String connection,
            @ResourceTemplateArg(name = "schema") String schema,
            @ResourceTemplateArg(name = "table") String table,
            RequestUri uri,
            Cancellation cancellation) {
        return answers.read(uri.value(), cancellation);
    }

    @CompleteResourceTemplate("server")
    Uni<CompletionResponse> completeServer(String connection, CompleteContext context) {
        return complete("connection", connection, context);
    }

    @CompleteResourceTemplate("table")
    Uni<CompletionResponse> completeConnection(String connection, CompleteContext context) {
        return complete("connection", connection, context);
    }

    @CompleteResourceTemplate("table")
    Uni<CompletionResponse> completeSchema(String schema, CompleteContext context) {
        return complete("schema", schema, context);
    }

    @CompleteResourceTemplate("table")
    Uni<CompletionResponse> completeTable(String table, CompleteContext context) {
        return complete("table", table, context);
    }

    private Uni<CompletionResponse> complete(
            String variable, String written, CompleteContext context) {
        return Uni.createFrom()
                .completionStage(() ->
                        resources
                                .complete(caller.get(), variable, written, context.arguments())
                                .toCompletionStage())
                .map(CompletionResponse::create)
                .onFailure()
                .transform(JsonRpcProblems::error);
    }
}
