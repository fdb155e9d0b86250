package dev.drawbridge.gateway.tool;

import dev.drawbridge.gateway.client.Content;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemDetails;

import io.vertx.core.json.Json;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What a tool gives back, in both forms.
///
/// @param text compact, for a model to read
/// @param more that is no text, behind it
/// @param json the same as a JSON object, by the tool's output schema unless it is an error; null
///   if the tool has no such schema
/// @param rows how many rows of a database it holds
/// @param meta what is to be known of the answer, as a JSON object; null if nothing is
public record ToolAnswer(
        String text,
        List<Content> more,
        @Nullable String json,
        int rows,
        boolean isError,
        @Nullable String meta) {

    /// One of which nothing else is to be known.
    public ToolAnswer(
            String text, List<Content> more, @Nullable String json, int rows, boolean isError) {
        this(text, more, json, rows, isError, null);
    }

    /// A good answer.
    public ToolAnswer(String text, String json, int rows) {
        this(text, List.of(), json, rows, false);
    }

    /// The same, with something to know of it.
    public ToolAnswer withMeta(String json) {
        return new ToolAnswer(text, more, this.json, rows, isError, json);
    }

    /// A failure that a model can act on, with the same code that REST and the log use.
    public static ToolAnswer failed(Problem problem) {
        var details = ProblemDetails.of(problem);
        return new ToolAnswer(
                details.code() + ": " + details.detail(),
                List.of(),
                "{\"error\":" + Json.encode(details) + "}",
                0,
                true);
    }

    /// How much of it there is, about.
    public long size() {
        return (long) text.length() + (json == null ? 0 : json.length());
    }
}
