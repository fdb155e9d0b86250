package dev.drawbridge.gateway.mcp.task;

import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.problem.ProblemMapper;

import io.vertx.core.json.JsonObject;

import java.time.Instant;
import java.util.UUID;

/// How a call stands.
///
/// @param state of the call
public record Task(UUID id, State state, Instant created, Instant updated, Instant expires) {

    /// How far it is.
    public sealed interface State {
        /// As MCP writes it.
        default String status() {
            return switch (this) {
                case Working _ -> "working";
                case Asking _ -> "input_required";
                case Completed _ -> "completed";
                case Failed _ -> "failed";
                case Cancelled _ -> "cancelled";
            };
        }
    }

    /// A replica is at it.
    public record Working() implements State {}

    /// It goes on once all that is asked was answered.
    ///
    /// @param requests as MCP writes them, by key; those that are not answered yet
    public record Asking(JsonObject requests) implements State {}

    /// It has an answer, which may tell of an error.
    ///
    /// @param result of `tools/call`, JSON
    public record Completed(String result) implements State {}

    /// It ended without an answer.
    ///
    /// @param error as JSON-RPC has it
    public record Failed(JsonObject error) implements State {
        private static final int INTERNAL_ERROR = -32_603;

        /// What a call failed with.
        static Failed of(Throwable failure) {
            Problem problem =
                    failure instanceof ProblemException known
                            ? known.problem()
                            : ProblemMapper.internal(failure);
            return new Failed(
                    new JsonObject()
                            .put("code", INTERNAL_ERROR)
                            .put("message", problem.code() + ": " + problem.detail()));
        }
    }

    /// Its client wanted no answer any more, and nothing was changed.
    public record Cancelled() implements State {}
}
