package dev.drawbridge.identity;

import io.smallrye.mutiny.Uni;

/// Finds the caller behind a bearer credential. auth-service looks into its own tables; every other
/// service asks auth-service ([ExchangedCallers]).
public interface CallerSource {
    /// Fails with `AUTHENTICATION_ERROR` for a credential that is unknown, expired or revoked, and
    /// when that cannot be found out.
    Uni<Caller> caller(String bearer);

    /// The same for a request whose network address is known. A token with an allow-list of
    /// networks works from those only, so without an address it is refused.
    ///
    /// @param clientAddress the numeric IP address that the request came from
    default Uni<Caller> caller(String bearer, String clientAddress) {
        return caller(bearer);
    }
}
