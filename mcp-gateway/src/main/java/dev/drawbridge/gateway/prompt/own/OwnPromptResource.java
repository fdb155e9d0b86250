package dev.drawbridge.gateway.prompt.own;

import dev.drawbridge.gateway.own.OwnApi;
import dev.drawbridge.gateway.own.OwnApiParts;
import dev.drawbridge.gateway.prompt.Prompt;
import dev.drawbridge.gateway.target.Described;

import jakarta.ws.rs.Path;

import java.util.List;

/// Defining own prompts.
@Path("/api/v1/mcp/prompts")
final class OwnPromptResource
        extends OwnApi<OwnPromptDefinition, OwnPrompt, OwnPromptResource.Judgement> {
    OwnPromptResource(OwnPrompts prompts, OwnApiParts parts) {
        super(prompts, parts);
    }

    /// What a definition would become.
    record Judgement(List<Prompt.Argument> arguments) {}

    @Override
    protected Judgement judged(OwnPromptDefinition wanted, Described described) {
        return new Judgement(new OwnPrompt(wanted).arguments());
    }
}
