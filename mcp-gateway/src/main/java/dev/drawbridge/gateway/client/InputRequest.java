package dev.drawbridge.gateway.client;

import io.vertx.core.json.JsonObject;

/// A question to the client. Its answer is a JSON object as MCP has it for that kind: attacker's
/// input like everything that a client says.
public sealed interface InputRequest {
    /// What a client must be able to, to be asked this.
    Ability ability();

    /// A form for the client's person. The answer is `{action: accept | decline | cancel,
    /// content}`.
    ///
    /// @param schema JSON Schema of a flat object of strings, numbers, booleans and choices
    record Elicitation(String message, JsonObject schema) implements InputRequest {
        @Override
        public Ability ability() {
            return Ability.ELICITATION;
        }
    }

    /// A question to the client's model. The answer is `{role, content, model, stopReason}`.
    ///
    /// @param prompt what the person's side says
    record Sampling(String prompt, int maxTokens) implements InputRequest {
        @Override
        public Ability ability() {
            return Ability.SAMPLING;
        }
    }

    /// Which folders the client works in. The answer is `{roots: [{uri, name}]}`.
    record Roots() implements InputRequest {
        @Override
        public Ability ability() {
            return Ability.ROOTS;
        }
    }
}
