package dev.drawbridge.gateway.mcp.stateless;

import dev.drawbridge.gateway.client.Inputs;
import dev.drawbridge.gateway.mcp.task.KeptCall;
import dev.drawbridge.gateway.mcp.task.Tasks;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.Tools;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import java.util.function.Function;

/// `tasks/get`, `tasks/update` and `tasks/cancel`.
@Singleton
final class TaskMethods {
    private static final String ID = "taskId";

    private final Tasks tasks;
    private final Tools tools;
    private final Questions questions;

    TaskMethods(Tasks tasks, Tools tools, Questions questions) {
        this.tasks = tasks;
        this.tools = tools;
        this.questions = questions;
    }

    private record TaskMethod(String name, Function<Exchange, Future<Result>> answers)
            implements Method {
        @Override
        public Future<Result> answer(Exchange exchange) {
            if (!exchange.request().meta().tasks()) {
                throw RpcException.missingTasks();
            }
            return answers.apply(exchange);
        }
    }

    @Produces
    @Singleton
    Method get() {
        return new TaskMethod(
                "tasks/get",
                exchange ->
                        tasks.get(exchange.caller(), exchange.request().text(ID))
                                .map(task -> TaskJson.detailed(task, tasks.pollInterval())));
    }

    @Produces
    @Singleton
    Method update() {
        return new TaskMethod(
                "tasks/update",
                exchange ->
                        tasks.answer(
                                        exchange.caller(),
                                        exchange.request().text(ID),
                                        questions.answersAlone(exchange),
                                        (tool, arguments, inputs) ->
                                                resumed(exchange, tool, arguments, inputs))
                                .map(_ -> Result.complete(new JsonObject())));
    }

    @Produces
    @Singleton
    Method cancel() {
        return new TaskMethod(
                "tasks/cancel",
                exchange ->
                        tasks.cancel(exchange.caller(), exchange.request().text(ID))
                                .map(_ -> Result.complete(new JsonObject())));
    }

    /// The tool called again, with the rights that its caller has now. That the request that
    /// answered ends does not stop it.
    private KeptCall resumed(Exchange exchange, String tool, JsonObject arguments, Inputs inputs) {
        var call =
                new ToolCall(
                        exchange.caller(),
                        exchange.address(),
                        arguments,
                        new CancelSignal(),
                        exchange.reach(),
                        exchange.selection(),
                        exchange.reply().client(),
                        inputs);
        return new KeptCall(
                exchange.caller(),
                tool,
                arguments,
                call.signal(),
                LongCalls.ending(call, tools.call(tool, call)));
    }
}
