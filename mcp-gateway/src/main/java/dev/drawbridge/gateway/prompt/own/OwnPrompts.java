package dev.drawbridge.gateway.prompt.own;

import dev.drawbridge.gateway.own.OwnShelf;
import dev.drawbridge.gateway.own.OwnShelfParts;
import dev.drawbridge.gateway.prompt.PromptSource;

import jakarta.inject.Singleton;

import java.util.Collection;

/// The own prompts of all tenants.
@Singleton
final class OwnPrompts extends OwnShelf<OwnPromptDefinition, OwnPrompt> implements PromptSource {
    OwnPrompts(OwnPromptKind kind, OwnShelfParts parts) {
        super(kind, parts);
    }

    @Override
    public Collection<OwnPrompt> prompts(String tenant) {
        return items(tenant).values();
    }
}
