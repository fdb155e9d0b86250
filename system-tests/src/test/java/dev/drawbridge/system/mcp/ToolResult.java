package dev.drawbridge.system.mcp;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/// What a tool answered, in both forms.
public record ToolResult(JsonNode json) {

    public boolean isError() {
        return json.path("isError").asBoolean();
    }

    public String text() {
        return json.at("/content/0/text").asText();
    }

    public JsonNode structured() {
        return json.path("structuredContent");
    }

    /// The failure; a missing node if there is none.
    public JsonNode error() {
        return structured().path("error");
    }

    public String code() {
        return error().path("code").asText();
    }

    public int rowCount() {
        return structured().path("rowCount").asInt();
    }

    public boolean isTruncated() {
        return structured().path("truncated").asBoolean();
    }

    public String nextCursor() {
        return structured().path("nextCursor").asText();
    }

    public List<String> columns() {
        return StreamSupport.stream(structured().path("columns").spliterator(), false)
                .map(column -> column.path("name").asText())
                .toList();
    }

    /// The values of one column, as they read.
    public List<String> column(String name) {
        int index = columns().indexOf(name);
        return StreamSupport.stream(structured().path("rows").spliterator(), false)
                .map(row -> row.path(index).asText())
                .toList();
    }

    /// The rows, each value as it reads.
    public List<List<String>> rows() {
        return StreamSupport.stream(structured().path("rows").spliterator(), false)
                .map(row ->
                        IntStream.range(0, row.size()).mapToObj(i -> row.path(i).asText()).toList())
                .toList();
    }
}
