package dev.drawbridge.gateway.prompt;

import dev.drawbridge.gateway.client.Outcome;

import io.vertx.core.Future;

import java.util.List;

/// A prompt that a person can pick.
public interface Prompt {
    String name();

    String title();

    String description();

    List<Argument> arguments();

    /// The messages to the model, arguments filled in.
    ///
    /// @param call whose arguments are those of this prompt, every required one among them
    Future<Outcome<List<PromptMessage>>> get(PromptCall call);

    /// One message of the person.
    static Future<Outcome<List<PromptMessage>>> said(String text) {
        return Future.succeededFuture(Outcome.done(List.of(PromptMessage.ofUser(text))));
    }

    /// What a prompt asks for.
    record Argument(String name, String description, boolean required) {
        public static final Argument CONNECTION =
                new Argument("connection_id", "Id of a connection, from list_connections.", true);
    }
}
