package dev.drawbridge.gateway.mcp.stateless;

import dev.drawbridge.gateway.audit.FeatureUse;
import dev.drawbridge.gateway.audit.Reach;
import dev.drawbridge.gateway.mcp.wire.SelectedTools;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.tool.Selection;
import dev.drawbridge.identity.Caller;

import io.vertx.ext.web.RoutingContext;

import org.jspecify.annotations.Nullable;

/// One request on its way through.
///
/// @param address the numeric one that it came from
/// @param signal given when the client hangs up, which is how it cancels
record Exchange(
        RoutingContext context,
        Caller caller,
        @Nullable String address,
        Request request,
        Reply reply,
        CancelSignal signal) {

    /// What the client chose of the tools.
    Selection selection() {
        return SelectedTools.of(context);
    }

    /// What is noted of it, under the trace that the client says it belongs to.
    Reach reach() {
        return new Reach(address, request.meta().trace());
    }

    FeatureUse useOfTool(String name) {
        return FeatureUse.ofTool(caller, address, name, reach());
    }

    FeatureUse useOfPrompt(String name) {
        return FeatureUse.ofPrompt(caller, address, name, reach());
    }

    FeatureUse useOfResource(String uri) {
        return FeatureUse.ofResource(caller, address, uri, reach());
    }
}
