package dev.drawbridge.gateway.http;

import dev.drawbridge.problem.ProblemDetails;

import io.quarkus.smallrye.openapi.OpenApiFilter;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

import java.util.List;

/// Describes what every operation may answer instead of what it is for, so that clients made of the
/// description read it too.
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class DescribedProblems implements OASFilter {
    private static final String NAME = "Problem";

    @Override
    public Operation filterOperation(Operation operation) {
        if (operation.getResponses().getDefaultValue() == null) {
            operation.getResponses().setDefaultValue(OASFactory.createAPIResponse().ref(NAME));
        }
        return operation;
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        if (api.getComponents() == null) {
            api.setComponents(OASFactory.createComponents());
        }
        var content = OASFactory.createMediaType().schema(OASFactory.createSchema().ref(NAME));
        api.getComponents()
                .addSchema(NAME, problem())
                .addResponse(
                        NAME,
                        OASFactory.createAPIResponse()
                                .description("A problem: see `code`")
                                .content(
                                        OASFactory.createContent()
                                                .addMediaType(ProblemDetails.MEDIA_TYPE, content)));
    }

    /// Members of RFC 9457 and ours that are in each; some problems have more.
    private static Schema problem() {
        Schema problem = OASFactory.createSchema().addType(SchemaType.OBJECT);
        for (String name : List.of("type", "title", "detail", "code", "traceId")) {
            problem.addProperty(name, OASFactory.createSchema().addType(SchemaType.STRING));
        }
        problem.addProperty("status", OASFactory.createSchema().addType(SchemaType.INTEGER));
        return problem.required(List.of("type", "title", "status", "code"));
    }
}
