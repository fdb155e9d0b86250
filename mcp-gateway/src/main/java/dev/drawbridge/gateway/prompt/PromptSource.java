package dev.drawbridge.gateway.prompt;

import java.util.List;

/// Prompts of tenants that come and go while the gateway runs. Whoever changes one tells
/// [dev.drawbridge.gateway.change.Changes] of it.
public interface PromptSource {
    /// The prompts of a tenant, in any order.
    List<Prompt> prompts(String tenant);
}
