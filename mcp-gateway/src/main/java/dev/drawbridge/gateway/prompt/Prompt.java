package dev.drawbridge.gateway.prompt;

import java.util.List;
import java.util.Map;

/// A prompt that a person can pick.
public interface Prompt {
    String name();

    String title();

    String description();

    List<Argument> arguments();

    /// The message to the model, arguments filled in; every required one is there.
    String text(Map<String, String> arguments);

    /// What a prompt asks for.
    record Argument(String name, String description, boolean required) {
        static final Argument CONNECTION =
                new Argument("connection_id", "Id of a connection, from list_connections.", true);
    }
}
