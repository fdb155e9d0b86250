package dev.drawbridge.gateway.prompt;

import dev.drawbridge.gateway.client.Client;
import dev.drawbridge.gateway.client.Inputs;
import dev.drawbridge.identity.Caller;

import java.util.Map;
import java.util.Objects;

/// One use of a prompt.
///
/// @param arguments as they were written
/// @param client who waits for the answer
/// @param inputs what the client answered, if it was asked
public record PromptCall(
        Caller caller, Map<String, String> arguments, Client client, Inputs inputs) {

    /// An argument that is known to be there.
    String text(String argument) {
        return Objects.requireNonNull(arguments.get(argument), argument);
    }

    /// The same with other arguments.
    PromptCall with(Map<String, String> others) {
        return new PromptCall(caller, others, client, inputs);
    }
}
