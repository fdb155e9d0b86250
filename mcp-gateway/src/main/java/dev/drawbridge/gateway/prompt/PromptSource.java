package dev.drawbridge.gateway.prompt;

import java.util.Collection;

/// Prompts of tenants that come and go while the gateway runs. Whoever changes one tells
/// [dev.drawbridge.gateway.change.Changes] of it.
public interface PromptSource {
    /// The prompts of a tenant, in any order; none of them has the name of a built-in one.
    Collection<? extends Prompt> prompts(String tenant);
}
