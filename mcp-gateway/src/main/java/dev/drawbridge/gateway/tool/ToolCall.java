package dev.drawbridge.gateway.tool;

import dev.drawbridge.gateway.audit.Reach;
import dev.drawbridge.gateway.client.Client;
import dev.drawbridge.gateway.client.Inputs;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.identity.Caller;

import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// One call of a tool.
///
/// @param address the numeric one that it came from
/// @param arguments validated against the tool's schema
/// @param signal given when nobody waits for the answer any more
/// @param reach where it is noted which database it came to
/// @param selection what there is for who calls
/// @param client who waits for the answer
/// @param inputs what the client answered, if it was asked
public record ToolCall(
        Caller caller,
        @Nullable String address,
        JsonObject arguments,
        CancelSignal signal,
        Reach reach,
        Selection selection,
        Client client,
        Inputs inputs) {

    /// A call of a client that can be asked nothing.
    public ToolCall(
            Caller caller,
            @Nullable String address,
            JsonObject arguments,
            CancelSignal signal,
            Reach reach,
            Selection selection) {
        this(caller, address, arguments, signal, reach, selection, Client.MUTE, Inputs.NONE);
    }

    /// The same with other arguments.
    ToolCall with(JsonObject other) {
        return new ToolCall(caller, address, other, signal, reach, selection, client, inputs);
    }

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
