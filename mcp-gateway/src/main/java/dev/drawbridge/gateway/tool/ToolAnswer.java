package dev.drawbridge.gateway.tool;

/// What a tool gives back, in both forms.
///
/// @param text compact, for a model to read
/// @param json the same as a JSON object by the tool's output schema
/// @param rows how many rows of a database it holds
public record ToolAnswer(String text, String json, int rows) {}
