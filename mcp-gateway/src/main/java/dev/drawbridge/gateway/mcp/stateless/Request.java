package dev.drawbridge.gateway.mcp.stateless;

import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

/// A request, as far as every method reads it.
///
/// @param id a string or a whole number
/// @param params as sent, whatever the method makes of them
record Request(Object id, String method, JsonObject params, RequestMeta meta) {

    /// A parameter that has to be there.
    ///
    /// @throws RpcException −32602
    String text(String name) {
        if (params.getValue(name) instanceof String text) {
            return text;
        }
        throw RpcException.missing(name, "is missing or no string");
    }

    /// A parameter that has to be there.
    ///
    /// @throws RpcException −32602
    JsonObject object(String name) {
        if (params.getValue(name) instanceof JsonObject object) {
            return object;
        }
        throw RpcException.missing(name, "is missing or no object");
    }

    /// A parameter that may be missing.
    ///
    /// @throws RpcException −32602 when it is of another type
    JsonObject optionalObject(String name) {
        return params.getValue(name) == null ? new JsonObject() : object(name);
    }

    /// A parameter that may be missing.
    ///
    /// @throws RpcException −32602 when it is of another type
    @Nullable String optionalText(String name) {
        return params.getValue(name) == null ? null : text(name);
    }
}
