package dev.drawbridge.gateway.mcp.task;

import dev.drawbridge.problem.Problem;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/// A task as it is stored.
///
/// @param abandoned whether the replica that ran it is gone
record StoredTask(
        UUID id,
        String status,
        TaskContent content,
        boolean abandoned,
        Instant created,
        Instant updated,
        Instant expires) {

    Task task() {
        return new Task(id, state(), created, updated, expires);
    }

    private Task.State state() {
        if (abandoned) {
            return Task.Failed.of(
                    new Problem.DatabaseUnavailable(
                                    "The replica that ran the call has died. Whether a write took"
                                            + " place is not known.")
                            .exception());
        }
        return switch (status) {
            case "working" -> new Task.Working();
            case "input_required" -> new Task.Asking(content.requests());
            case "completed" -> new Task.Completed(Objects.requireNonNull(content.result()));
            case "failed" -> new Task.Failed(Objects.requireNonNull(content.error()));
            default -> new Task.Cancelled();
        };
    }
}
