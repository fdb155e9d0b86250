package dev.drawbridge.gateway.mcp.stateless;

import dev.drawbridge.gateway.mcp.task.Task;

import io.vertx.core.json.JsonObject;

import java.time.Duration;

/// Tasks as the extension `io.modelcontextprotocol/tasks` writes them.
final class TaskJson {
    private TaskJson() {}

    /// The result of a call that became a task.
    static Result created(Task task, Duration pollInterval) {
        return Result.of("task", told(task, pollInterval));
    }

    /// The result of `tasks/get`.
    static Result detailed(Task task, Duration pollInterval) {
        JsonObject json = told(task, pollInterval);
        return switch (task.state()) {
            case Task.Completed(var result) -> {
                Result told = Result.complete(json);
                yield new Result(
                        Result.COMPLETE,
                        told.size() + result.length(),
                        null,
                        to -> {
                            told.members().accept(to);
                            to.appendString(",\"result\":").appendString(result);
                        });
            }
            case Task.Failed(var error) -> Result.complete(json.put("error", error));
            case Task.Asking(var requests) -> Result.complete(json.put("inputRequests", requests));
            case Task.Working _, Task.Cancelled _ -> Result.complete(json);
        };
    }

    private static JsonObject told(Task task, Duration pollInterval) {
        return new JsonObject()
                .put("taskId", task.id().toString())
                .put("status", task.state().status())
                .put("createdAt", task.created().toString())
                .put("lastUpdatedAt", task.updated().toString())
                .put("ttlMs", Duration.between(task.created(), task.expires()).toMillis())
                .put("pollIntervalMs", pollInterval.toMillis());
    }
}
