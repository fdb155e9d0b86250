package dev.drawbridge.gateway.mcp.session;

/// Told to this replica: a session, which may have its stream here, subscribed to a resource at
/// another replica, or does no longer.
///
/// @param session as its client names it
public record SessionSubscription(String session, String uri, boolean subscribed) {}
