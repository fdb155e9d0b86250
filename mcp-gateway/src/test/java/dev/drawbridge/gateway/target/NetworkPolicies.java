package dev.drawbridge.gateway.target;

import java.util.List;

/// Policies for tests.
public final class NetworkPolicies {
    private NetworkPolicies() {}

    /// The one of the local profile.
    public static NetworkPolicy local() {
        return new NetworkPolicy(true, List.of());
    }

    /// The one of the defaults.
    public static NetworkPolicy publicOnly() {
        return new NetworkPolicy(false, List.of());
    }
}
