package dev.drawbridge.gateway.tool.own;

import dev.drawbridge.gateway.own.OwnApi;
import dev.drawbridge.gateway.own.OwnApiParts;
import dev.drawbridge.gateway.target.Described;

import io.vertx.core.json.JsonObject;

import jakarta.ws.rs.Path;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// Defining own tools.
@Path("/api/v1/mcp/tools")
final class OwnToolResource extends OwnApi<OwnToolDefinition, OwnTool, OwnToolResource.Judgement> {
    OwnToolResource(OwnTools tools, OwnApiParts parts) {
        super(tools, parts);
    }

    /// What a definition would become.
    record Judgement(
            Map<String, Object> inputSchema,
            @Nullable Map<String, Object> outputSchema,
            Described statement) {}

    @Override
    protected Judgement judged(OwnToolDefinition wanted, Described described) {
        JsonObject output = OwnSchema.output(wanted, described);
        return new Judgement(
                OwnSchema.input(wanted, described).getMap(),
                output == null ? null : output.getMap(),
                described);
    }
}
