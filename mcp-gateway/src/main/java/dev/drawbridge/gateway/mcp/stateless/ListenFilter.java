package dev.drawbridge.gateway.mcp.stateless;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a client wants to be told of.
///
/// @param uris of resources, as it wrote them
record ListenFilter(boolean tools, boolean prompts, boolean resources, List<String> uris) {
    private static final String URIS = "resourceSubscriptions";
    private static final int MOST_URIS = 1_000;

    /// Reads the parameter `notifications`.
    ///
    /// @throws RpcException −32602
    static ListenFilter of(Request request) {
        JsonObject asked = request.object("notifications");
        return new ListenFilter(
                flag(asked, "toolsListChanged"),
                flag(asked, "promptsListChanged"),
                flag(asked, "resourcesListChanged"),
                uris(asked));
    }

    /// The part of it that is honoured.
    JsonObject with(List<String> watched) {
        var json = new JsonObject();
        put(json, "toolsListChanged", tools);
        put(json, "promptsListChanged", prompts);
        put(json, "resourcesListChanged", resources);
        return uris.isEmpty() ? json : json.put(URIS, new JsonArray(watched));
    }

    private static void put(JsonObject json, String name, boolean wanted) {
        if (wanted) {
            json.put(name, true);
        }
    }

    private static boolean flag(JsonObject asked, String name) {
        return switch (asked.getValue(name)) {
            case null -> false;
            case Boolean wanted -> wanted;
            default -> throw RpcException.missing("notifications." + name, "is no boolean");
        };
    }

    private static List<String> uris(JsonObject asked) {
        if (asked.getValue(URIS) == null) {
            return List.of();
        }
        if (!(asked.getValue(URIS) instanceof JsonArray array) || array.size() > MOST_URIS) {
            throw RpcException.missing(
                    "notifications." + URIS, "is no list of up to %d URIs".formatted(MOST_URIS));
        }
        Set<String> uris = new LinkedHashSet<>();
        for (Object one : array) {
            if (!(one instanceof String uri)) {
                throw RpcException.missing("notifications." + URIS, "holds what is no URI");
            }
            uris.add(uri);
        }
        return List.copyOf(uris);
    }
}
