package dev.drawbridge.gateway.resource.own;

import dev.drawbridge.gateway.own.OwnApi;
import dev.drawbridge.gateway.own.OwnApiParts;
import dev.drawbridge.gateway.target.Described;

import jakarta.ws.rs.Path;

/// Defining own resources.
@Path("/api/v1/mcp/resources")
final class OwnResourceResource
        extends OwnApi<OwnResourceDefinition, OwnResource, OwnResourceResource.Judgement> {
    OwnResourceResource(OwnResources resources, OwnApiParts parts) {
        super(resources, parts);
    }

    /// What a definition would become.
    ///
    /// @param template whether its URI has variables, so that it is listed among the templates
    /// @param statement what the database says of it; without columns for a text
    record Judgement(boolean template, String mimeType, Described statement) {}

    @Override
    protected Judgement judged(OwnResourceDefinition wanted, Described described) {
        return new Judgement(wanted.hasVariables(), wanted.type(), described);
    }
}
