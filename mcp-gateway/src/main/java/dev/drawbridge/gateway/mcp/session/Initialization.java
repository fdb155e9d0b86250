package dev.drawbridge.gateway.mcp.session;

import dev.drawbridge.problem.Problem;

import io.quarkiverse.mcp.server.ClientCapability;
import io.quarkiverse.mcp.server.Implementation;
import io.quarkiverse.mcp.server.InitialRequest;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// What a client said of itself when it began a session.
///
/// @param json `protocolVersion`, `clientInfo` and `capabilities` of `initialize`
record Initialization(JsonObject json) {
    private static final int LONGEST = 8_000;

    /// Reads the parameters of `initialize`, of which nothing else is kept.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR`
    static Initialization parse(@Nullable Object params) {
        if (!(params instanceof JsonObject object)) {
            throw new Problem.Invalid("params", "is required").exception();
        }
        if (!(object.getValue("protocolVersion") instanceof String version)) {
            throw new Problem.Invalid("protocolVersion", "is required").exception();
        }
        if (!(object.getValue("clientInfo") instanceof JsonObject client)
                || !(client.getValue("name") instanceof String name)
                || !(client.getValue("version") instanceof String clientVersion)) {
            throw new Problem.Invalid("clientInfo", "needs a name and a version").exception();
        }
        if (!(object.getValue("capabilities", new JsonObject())
                instanceof JsonObject capabilities)) {
            throw new Problem.Invalid("capabilities", "is no object").exception();
        }
        var kept =
                new JsonObject()
                        .put("protocolVersion", version)
                        .put(
                                "clientInfo",
                                new JsonObject().put("name", name).put("version", clientVersion))
                        .put("capabilities", capabilities);
        if (kept.encode().length() > LONGEST) {
            throw new Problem.Invalid("params", "is longer than %,d characters".formatted(LONGEST))
                    .exception();
        }
        return new Initialization(kept);
    }

    /// The same as the extension has it.
    InitialRequest request() {
        JsonObject client = json.getJsonObject("clientInfo");
        List<ClientCapability> capabilities =
                json.getJsonObject("capabilities").stream()
                        .map(Initialization::capability)
                        .toList();
        return new InitialRequest(
                new Implementation(client.getString("name"), client.getString("version"), null),
                json.getString("protocolVersion"),
                capabilities,
                InitialRequest.Transport.STREAMABLE_HTTP);
    }

    private static ClientCapability capability(Map.Entry<String, Object> named) {
        return new ClientCapability(
                named.getKey(),
                named.getValue() instanceof JsonObject properties ? properties.getMap() : Map.of());
    }
}
