package dev.drawbridge.gateway.mcp.session;

import dev.drawbridge.identity.Caller;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/// A session as all replicas know it.
///
/// @param key names it without giving its id away
/// @param credential that it was begun with
/// @param logLevel that the client set; null for the default
/// @param subscriptions URIs of resources
/// @param doubted whether the caller's rights or credentials changed since it began
record McpSession(
        SessionKey key,
        UUID caller,
        UUID credential,
        Initialization initialization,
        @Nullable String logLevel,
        List<String> subscriptions,
        boolean doubted) {

    /// One that this caller begins.
    static McpSession begun(SessionKey key, Caller caller, Initialization initialization) {
        return new McpSession(
                key, caller.id(), caller.credential().id(), initialization, null, List.of(), false);
    }

    /// Whether it is this caller's. What was revoked cannot be told from what merely changed, so
    /// then only the credential that it began with, which was judged just now, proves that it
    /// stands.
    boolean isOf(Caller asking) {
        return caller.equals(asking.id())
                && (!doubted || credential.equals(asking.credential().id()));
    }

    McpSession doubt() {
        return new McpSession(
                key, caller, credential, initialization, logLevel, subscriptions, true);
    }
}
