package dev.drawbridge.gateway.tool;

import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.identity.Caller;

import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// One call of a tool.
///
/// @param arguments validated against the tool's schema
/// @param signal given when nobody waits for the answer any more
public record ToolCall(Caller caller, JsonObject arguments, CancelSignal signal) {

    /// An argument that the schema requires.
    public String text(String name) {
        return arguments.getString(name);
    }

    public @Nullable String optionalText(String name) {
        return arguments.getString(name);
    }

    public String text(String name, String otherwise) {
        return arguments.getString(name, otherwise);
    }

    public int number(String name, int otherwise) {
        return arguments.getInteger(name, otherwise);
    }

    public boolean flag(String name) {
        return arguments.getBoolean(name, false);
    }

    /// The values of an array argument, as plain JSON values; empty when it is left out.
    @SuppressWarnings("unchecked")
    public List<@Nullable Object> list(String name) {
        var array = arguments.getJsonArray(name);
        return array == null ? List.of() : array.getList();
    }
}
