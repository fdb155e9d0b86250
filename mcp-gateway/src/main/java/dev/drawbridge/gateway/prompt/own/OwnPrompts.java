package dev.drawbridge.gateway.prompt.own;

import dev.drawbridge.gateway.change.Audience;
import dev.drawbridge.gateway.change.Change;
import dev.drawbridge.gateway.change.Changes;
import dev.drawbridge.gateway.own.OwnDocuments;
import dev.drawbridge.gateway.own.OwnFilesChanged;
import dev.drawbridge.gateway.prompt.Prompt;
import dev.drawbridge.gateway.prompt.PromptSource;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.util.List;
import java.util.Map;

/// The prompts in the files of the folder, of all tenants.
@Singleton
final class OwnPrompts implements PromptSource {
    private final OwnDocuments documents;
    private final Changes changes;
    private volatile Map<String, List<OwnPrompt>> tenants = Map.of();

    OwnPrompts(OwnDocuments documents, Changes changes) {
        this.documents = documents;
        this.changes = changes;
    }

    void follow(@Observes OwnFilesChanged changed) {
        Map<String, List<OwnPrompt>> before = tenants;
        tenants =
                documents.read(
                        changed.of("prompt"),
                        OwnPrompt.File.class,
                        OwnPrompt.File::prompt,
                        OwnPrompt::name);
        OwnDocuments.changed(before, tenants)
                .forEach(tenant -> changes.tell(new Change.Prompts(new Audience.OfTenant(tenant))));
    }

    @Override
    public List<Prompt> prompts(String tenant) {
        return List.copyOf(tenants.getOrDefault(tenant, List.of()));
    }
}
