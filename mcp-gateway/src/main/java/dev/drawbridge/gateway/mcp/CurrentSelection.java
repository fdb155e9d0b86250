package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.mcp.wire.SelectedTools;
import dev.drawbridge.gateway.tool.Selection;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;

import jakarta.inject.Singleton;

/// What the client in hand chose of the tools, for where the extension hands out no request.
@Singleton
final class CurrentSelection {
    private final CurrentVertxRequest request;

    CurrentSelection(CurrentVertxRequest request) {
        this.request = request;
    }

    Selection get() {
        RoutingContext context = request.getCurrent();
        return context == null ? Selection.EVERYTHING : SelectedTools.of(context);
    }
}
