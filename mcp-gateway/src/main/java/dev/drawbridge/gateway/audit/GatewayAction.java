package dev.drawbridge.gateway.audit;

import dev.drawbridge.audit.Action;

/// What is done at the gateway.
public enum GatewayAction implements Action {
    TOOL_CALL("tool.call"),
    /// What a call that writes is recorded as before it runs.
    TOOL_INTENT("tool.intent"),
    RESOURCE_READ("resource.read"),
    PROMPT_GET("prompt.get"),
    /// Somebody defined, changed or removed a tool, resource or prompt of a tenant's own.
    TOOL_DEFINE("tool.define"),
    TOOL_CHANGE("tool.change"),
    TOOL_REMOVE("tool.remove"),
    RESOURCE_DEFINE("resource.define"),
    RESOURCE_CHANGE("resource.change"),
    RESOURCE_REMOVE("resource.remove"),
    PROMPT_DEFINE("prompt.define"),
    PROMPT_CHANGE("prompt.change"),
    PROMPT_REMOVE("prompt.remove"),
    CONNECTION_CREATE("connection.create"),
    CONNECTION_CHANGE("connection.change"),
    CONNECTION_DELETE("connection.delete"),
    CONNECTION_TEST("connection.test"),
    /// Keys of a connection were handed out for its target, changed, or brought there.
    CONNECTION_INSTALL_RLS("connection.install_rls"),
    /// A login of a connection's database was judged, or was not because of too many attempts.
    CONNECTION_SIGN_IN("connection.sign_in");

    private final String text;

    GatewayAction(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
