package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.connection.ConnectionsChanged;
import dev.drawbridge.gateway.resource.Resources;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.quarkiverse.mcp.server.CompletionResponse;
import io.quarkiverse.mcp.server.JsonRpcErrorCodes;
import io.quarkiverse.mcp.server.McpException;
import io.quarkiverse.mcp.server.ResourceManager;
import io.quarkiverse.mcp.server.ResourceResponse;
import io.quarkiverse.mcp.server.ResourceTemplateCompletionManager;
import io.quarkiverse.mcp.server.ResourceTemplateManager;
import io.quarkiverse.mcp.server.TextResourceContents;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Registers the templates, and one resource for each connection, with the extension.
@Singleton
@Startup
final class ResourceAdapter {
    private final Resources resources;
    private final CurrentCaller caller;
    private final Waiting waiting;
    private final ResourceManager manager;
    private final Set<String> registered = new HashSet<>();

    ResourceAdapter(
            Resources resources,
            CurrentCaller caller,
            Waiting waiting,
            ResourceManager manager,
            ResourceTemplateManager templates,
            ResourceTemplateCompletionManager completions) {
        this.resources = resources;
        this.caller = caller;
        this.waiting = waiting;
        this.manager = manager;
        template(
                templates,
                "server",
                Resources.INFO_TEMPLATE,
                "A connection's server: version, size, schemas, extensions.");
        template(
                templates,
                "table",
                Resources.TABLE_TEMPLATE,
                "A table: columns, comments, keys, indexes.");
        completion(completions, "server", "connection");
        List.of("connection", "schema", "table")
                .forEach(variable -> completion(completions, "table", variable));
    }

    synchronized void follow(@Observes ConnectionsChanged changed) {
        Set<String> present = new HashSet<>();
        changed.all().stream()
                .sorted(Comparator.comparing(Connection::name))
                .forEach(connection -> {
                    String uri = Resources.infoUri(connection);
                    present.add(uri);
                    if (registered.add(uri)) {
                        register(uri, connection.name());
                    }
                });
        registered.removeIf(uri -> {
            boolean gone = !present.contains(uri);
            if (gone) {
                manager.removeResource(uri);
            }
            return gone;
        });
    }

    private void register(String uri, String name) {
        manager.newResource(name)
                .setTitle(name)
                .setUri(uri)
                .setDescription("The server behind the connection " + name + ".")
                .setMimeType(Resources.MEDIA_TYPE)
                .setAsyncHandler(arguments -> read(uri, waiting.signal(arguments.cancellation())))
                .register();
    }

    private void template(
            ResourceTemplateManager templates, String name, String template, String description) {
        templates
                .newResourceTemplate(name)
                .setTitle(name)
                .setUriTemplate(template)
                .setDescription(description)
                .setMimeType(Resources.MEDIA_TYPE)
                .setAsyncHandler(arguments ->
                        read(
                                arguments.requestUri().value(),
                                waiting.signal(arguments.cancellation())))
                .register();
    }

    private void completion(
            ResourceTemplateCompletionManager completions, String template, String variable) {
        completions
                .newCompletion(template)
                .setArgumentName(variable)
                .setAsyncHandler(arguments ->
                        Uni.createFrom()
                                .completionStage(() ->
                                        resources
                                                .complete(
                                                        caller.get(),
                                                        variable,
                                                        arguments.argumentValue(),
                                                        arguments.completeContext().arguments())
                                                .toCompletionStage())
                                .map(CompletionResponse::create))
                .register();
    }

    private Uni<ResourceResponse> read(
            String uri, dev.drawbridge.gateway.target.CancelSignal signal) {
        return Uni.createFrom()
                .completionStage(
                        () -> resources.read(caller.get(), uri, signal).toCompletionStage())
                .map(json ->
                        new ResourceResponse(
                                new TextResourceContents(uri, json, Resources.MEDIA_TYPE)))
                .onFailure(ProblemException.class)
                .transform(failure -> error(failure));
    }

    private static McpException error(ProblemException failure) {
        Problem problem = failure.problem();
        int code =
                problem instanceof Problem.NotFound
                        ? JsonRpcErrorCodes.RESOURCE_NOT_FOUND
                        : JsonRpcErrorCodes.INTERNAL_ERROR;
        return new McpException(problem.code() + ": " + problem.detail(), failure, code);
    }
}
