package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.resource.Resources;
import dev.drawbridge.gateway.resource.TemplateDescription;

import io.quarkiverse.mcp.server.ResourceTemplateManager;
import io.quarkus.runtime.StartupEvent;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Registers the templates with the extension: by them it says that there are resources, and reads
/// those in a batch. No resource is registered, because it tells every session of each that comes
/// or goes, whoever may see it; [ResourceAdapter] lists them.
@Singleton
final class ResourceTemplates {
    private final Resources resources;
    private final ResourceAnswers answers;

    ResourceTemplates(Resources resources, ResourceAnswers answers) {
        this.resources = resources;
        this.answers = answers;
    }

    void start(@Observes StartupEvent event, ResourceTemplateManager manager) {
        resources.templates().forEach(template -> register(manager, template));
    }

    private void register(ResourceTemplateManager manager, TemplateDescription template) {
        manager.newResourceTemplate(template.name())
                .setTitle(template.title())
                .setUriTemplate(template.uriTemplate())
                .setDescription(template.description())
                .setMimeType(template.mimeType())
                .setAsyncHandler(arguments ->
                        answers.read(arguments.requestUri().value(), arguments.cancellation()))
                .register();
    }
}
