package dev.drawbridge.gateway.tool;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Grants;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.problem.Problem;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.Set;

/// What a client wants of the tools that its caller may use. It takes away, and never gives.
///
/// @param features of which a tool must have one; empty for all, of which the defaults and those
///   that a grant names are listed
/// @param readOnly whether only tools that read are there
/// @param connection id of the one that all tools are called on; null for any
public record Selection(Set<String> features, boolean readOnly, @Nullable String connection) {
    public static final Selection EVERYTHING = new Selection(Set.of(), false, null);

    private static final String CONNECTION = "connection_id";

    /// There is nothing to choose where a connection is given.
    private static final String CHOOSER = "list_connections";

    public Selection {
        features = Set.copyOf(features);
    }

    /// Whether the tool is there at all.
    boolean has(ToolDefinition tool) {
        return (features.isEmpty() || chooses(tool))
                && (!readOnly || tool.hints().readOnly())
                && (connection == null || !tool.name().equals(CHOOSER));
    }

    /// Whether the caller is shown a tool that is there.
    boolean lists(ToolDefinition tool, Caller caller) {
        return !features.isEmpty()
                || tool.features().contains(Features.DEFAULT)
                || isNamed(tool.name(), caller);
    }

    /// The arguments with the connection that was chosen for all calls.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` when they name another
    ///   one
    JsonObject complete(ToolDefinition tool, JsonObject arguments) {
        if (connection == null || !takesConnection(tool)) {
            return arguments;
        }
        Object given = arguments.getValue(CONNECTION);
        if (given != null && !given.equals(connection)) {
            throw new Problem.Invalid(CONNECTION, "is fixed by the URL; leave it out").exception();
        }
        return given == null ? arguments.copy().put(CONNECTION, connection) : arguments;
    }

    /// The schema of the arguments that are left to give.
    public JsonObject schema(ToolDefinition tool) {
        if (connection == null || !takesConnection(tool)) {
            return tool.inputSchema();
        }
        JsonObject schema = tool.inputSchema().copy();
        schema.getJsonObject("properties").remove(CONNECTION);
        JsonArray required = schema.getJsonArray("required", new JsonArray());
        required.remove(CONNECTION);
        if (required.isEmpty()) {
            schema.remove("required");
        }
        return schema;
    }

    private boolean chooses(ToolDefinition tool) {
        return features.contains(Features.ALL) || !Collections.disjoint(features, tool.features());
    }

    private static boolean takesConnection(ToolDefinition tool) {
        return tool.inputSchema()
                .getJsonObject("properties", new JsonObject())
                .containsKey(CONNECTION);
    }

    private static boolean isNamed(String tool, Caller caller) {
        var object = ProtectedObject.tool(tool);
        Grants scopes = caller.scopes();
        return caller.grants().levels().containsKey(object)
                || (scopes != null && scopes.levels().containsKey(object));
    }
}
