package dev.drawbridge.gateway.prompt;

import dev.drawbridge.gateway.client.Content;

/// A message that a prompt gives.
public record PromptMessage(Role role, Content content) {
    /// Who says it.
    public enum Role {
        USER,
        ASSISTANT
    }

    /// Words of the person who picked the prompt.
    public static PromptMessage ofUser(String text) {
        return new PromptMessage(Role.USER, new Content.Text(text));
    }
}
