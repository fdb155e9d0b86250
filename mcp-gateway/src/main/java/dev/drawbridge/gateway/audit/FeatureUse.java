package dev.drawbridge.gateway.audit;

import dev.drawbridge.identity.Caller;

import org.jspecify.annotations.Nullable;

/// A read of a resource, a use of a prompt, or a call of a tool that is not there for its caller,
/// as it is recorded: which it was, and no value that came with it.
///
/// @param client the numeric address that it came from
/// @param object as grants write it: `resource:{uri}`
/// @param reach filled while it is under way
public record FeatureUse(
        Caller caller, @Nullable String client, GatewayAction action, String object, Reach reach) {
    /// A resource of any connection is shorter; names that nothing has may be anything.
    private static final int LONGEST = 512;

    public FeatureUse {
        object = object.length() > LONGEST ? object.substring(0, LONGEST) : object;
    }

    public static FeatureUse ofResource(
            Caller caller, @Nullable String client, String uri, Reach reach) {
        return new FeatureUse(
                caller, client, GatewayAction.RESOURCE_READ, "resource:" + uri, reach);
    }

    public static FeatureUse ofPrompt(
            Caller caller, @Nullable String client, String name, Reach reach) {
        return new FeatureUse(caller, client, GatewayAction.PROMPT_GET, "prompt:" + name, reach);
    }

    public static FeatureUse ofTool(
            Caller caller, @Nullable String client, String name, Reach reach) {
        return new FeatureUse(caller, client, GatewayAction.TOOL_CALL, "tool:" + name, reach);
    }
}
