package dev.drawbridge.identity;

import io.smallrye.mutiny.Uni;

/// Finds the caller behind a bearer credential. auth-service looks into its own tables; every other
/// service asks auth-service ([ExchangedCallers]).
public interface CallerSource {
    /// Fails with `AUTHENTICATION_ERROR` for a credential that is unknown, expired or revoked, and
    /// when that cannot be found out.
    Uni<Caller> caller(String bearer);
}
