package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.prompt.Prompts;
import dev.drawbridge.gateway.resource.Resources;
import dev.drawbridge.gateway.tool.Tools;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;

import io.quarkiverse.mcp.server.FilterContext;
import io.quarkiverse.mcp.server.PromptFilter;
import io.quarkiverse.mcp.server.PromptManager.PromptInfo;
import io.quarkiverse.mcp.server.ResourceFilter;
import io.quarkiverse.mcp.server.ResourceManager.ResourceInfo;
import io.quarkiverse.mcp.server.ResourceTemplateFilter;
import io.quarkiverse.mcp.server.ResourceTemplateManager.ResourceTemplateInfo;
import io.quarkiverse.mcp.server.ToolFilter;
import io.quarkiverse.mcp.server.ToolManager.ToolInfo;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import java.util.function.Predicate;

/// Shows a caller what it may use, in lists and in calls. Fails closed: the extension skips a
/// filter that throws, which would show everything.
@Singleton
final class VisibleFeatures
        implements ToolFilter, ResourceFilter, ResourceTemplateFilter, PromptFilter {
    private static final Logger LOG = Logger.getLogger(VisibleFeatures.class);

    private final CurrentCaller current;
    private final CurrentSelection selected;
    private final Tools tools;
    private final Resources resources;
    private final Prompts prompts;

    VisibleFeatures(
            CurrentCaller current,
            CurrentSelection selected,
            Tools tools,
            Resources resources,
            Prompts prompts) {
        this.selected = selected;
        this.current = current;
        this.tools = tools;
        this.resources = resources;
        this.prompts = prompts;
    }

    @Override
    public boolean test(ToolInfo tool, FilterContext context) {
        return visible(caller -> tools.isKnown(caller, selected.get(), tool.name()), tool.name());
    }

    @Override
    public boolean test(ResourceInfo resource, FilterContext context) {
        return visible(caller -> resources.isKnown(caller, resource.uri()), resource.uri());
    }

    @Override
    public boolean test(ResourceTemplateInfo template, FilterContext context) {
        return visible(resources::seesTemplates, template.uriTemplate());
    }

    @Override
    public boolean test(PromptInfo prompt, FilterContext context) {
        return visible(caller -> prompts.isVisible(caller, prompt.name()), prompt.name());
    }

    private boolean visible(Predicate<Caller> rule, String name) {
        try {
            return rule.test(current.get());
        } catch (RuntimeException undecided) {
            LOG.warnf("%s is hidden: who may see it could not be decided: %s", name, undecided);
            return false;
        }
    }
}
