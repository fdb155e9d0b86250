package dev.drawbridge.gateway.mcp.session;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Digest;

import java.util.Base64;

/// Names a session to replicas and in the datastore, without giving its id away.
///
/// @param digest SHA-256 of the id, base64url
record SessionKey(String tenant, String digest) {
    /// What this id names for a caller.
    static SessionKey of(Caller caller, String id) {
        String digest = Base64.getUrlEncoder().withoutPadding().encodeToString(Digest.of(id));
        return new SessionKey(caller.tenant(), digest);
    }
}
