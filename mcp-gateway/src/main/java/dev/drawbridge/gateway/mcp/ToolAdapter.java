package dev.drawbridge.gateway.mcp;

import com.fasterxml.jackson.databind.util.RawValue;

import dev.drawbridge.gateway.audit.Reach;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.ToolDefinition;
import dev.drawbridge.gateway.tool.Tools;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.problem.ProblemException;

import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.mcp.server.ToolManager.ToolAnnotations;
import io.quarkiverse.mcp.server.ToolManager.ToolArguments;
import io.quarkiverse.mcp.server.ToolResponse;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Registers every tool with the extension, with its schemas as they are: the extension would
/// generate them anew for each listing.
@Singleton
final class ToolAdapter {
    private final Tools tools;
    private final CurrentCaller caller;
    private final Waiting waiting;
    private final CallsUnderWay calls;
    private final RequestTrace trace;
    private final CurrentSelection selected;

    ToolAdapter(
            Tools tools,
            CurrentCaller caller,
            Waiting waiting,
            CallsUnderWay calls,
            RequestTrace trace,
            CurrentSelection selected) {
        this.tools = tools;
        this.caller = caller;
        this.waiting = waiting;
        this.calls = calls;
        this.trace = trace;
        this.selected = selected;
    }

    void start(@Observes StartupEvent event, ToolManager manager) {
        tools.builtIn().forEach(definition -> register(manager, definition));
    }

    private void register(ToolManager manager, ToolDefinition definition) {
        ToolDefinition.Hints hints = definition.hints();
        var tool = manager.newTool(definition.name());
        if (definition.outputSchema() != null) {
            tool.setOutputSchema(definition.outputSchema());
        }
        tool.setTitle(definition.title())
                .setDescription(definition.description())
                .setInputSchema(definition.inputSchema())
                .setAnnotations(
                        new ToolAnnotations(
                                definition.title(),
                                hints.readOnly(),
                                hints.destructive(),
                                hints.idempotent(),
                                hints.openWorld()))
                .setAsyncHandler(arguments -> call(definition.name(), arguments))
                .register();
    }

    private Uni<ToolResponse> call(String name, ToolArguments arguments) {
        var call =
                new ToolCall(
                        caller.get(),
                        caller.clientAddress(),
                        new JsonObject(arguments.args()),
                        waiting.signal(arguments.cancellation()),
                        new Reach(caller.clientAddress(), trace.get()),
                        selected.get());
        Future<Void> gone = waiting.ended();
        return Uni.createFrom()
                .completionStage(
                        () -> tools.call(name, call).map(LegacyContent::answer).toCompletionStage())
                .onFailure(ProblemException.class)
                .recoverWithItem(failure -> ToolAnswer.failed(failure.problem()))
                .map(answer -> response(calls.keep(answer, gone)));
    }

    private static ToolResponse response(ToolAnswer answer) {
        return new ToolResponse(
                answer.isError(),
                LegacyContent.of(answer),
                answer.json() == null ? null : new RawValue(answer.json()),
                null);
    }
}
