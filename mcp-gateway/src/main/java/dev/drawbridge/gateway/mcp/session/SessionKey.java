package dev.drawbridge.gateway.mcp.session;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Digest;

import io.vertx.ext.web.RoutingContext;

import org.jspecify.annotations.Nullable;

import java.util.Base64;

/// Names a session to replicas and in the datastore, without giving its id away.
///
/// @param digest SHA-256 of the id, base64url
public record SessionKey(String tenant, String digest) {
    private static final String KEY = "drawbridge.session";

    /// The session of a request, which is its caller's; null where it names none.
    public static @Nullable SessionKey of(RoutingContext context) {
        return context.get(KEY);
    }

    void put(RoutingContext context) {
        context.put(KEY, this);
    }

    /// What this id names for a caller.
    static SessionKey of(Caller caller, String id) {
        String digest = Base64.getUrlEncoder().withoutPadding().encodeToString(Digest.of(id));
        return new SessionKey(caller.tenant(), digest);
    }
}
