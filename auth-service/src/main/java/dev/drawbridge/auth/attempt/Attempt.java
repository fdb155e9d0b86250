package dev.drawbridge.auth.attempt;

import dev.drawbridge.identity.network.ClientAddress;

/// Someone tries to prove that an account is theirs.
///
/// @param tenant as it was sent, whether or not there is such a tenant
/// @param username as it was sent; there need be no such user
public record Attempt(Method method, ClientAddress from, String tenant, String username) {}
