package dev.drawbridge.gateway.tool;

import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemDetails;

import io.vertx.core.json.Json;

/// What a tool gives back, in both forms.
///
/// @param text compact, for a model to read
/// @param json the same as a JSON object, by the tool's output schema unless it is an error
/// @param rows how many rows of a database it holds
public record ToolAnswer(String text, String json, int rows, boolean isError) {

    /// A good answer.
    public ToolAnswer(String text, String json, int rows) {
        this(text, json, rows, false);
    }

    /// A failure that a model can act on, with the same code that REST and the log use.
    public static ToolAnswer failed(Problem problem) {
        var details = ProblemDetails.of(problem);
        return new ToolAnswer(
                details.code() + ": " + details.detail(),
                "{\"error\":" + Json.encode(details) + "}",
                0,
                true);
    }
}
