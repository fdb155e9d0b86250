package dev.drawbridge.gateway.target;

import dev.drawbridge.gateway.pool.PoolFixtures;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.Grants;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Contexts for tests.
public final class RowContextFixtures {
    private RowContextFixtures() {}

    /// Bounds, and no identity.
    public static RowContext nobody(TargetConfig config) {
        return nobody(config, PoolMode.DIRECT);
    }

    /// The same for a session of another kind.
    public static RowContext nobody(TargetConfig config, PoolMode mode) {
        return new RowContexts(config, PoolFixtures.policies())
                .of(caller(), target(Rls.NONE, mode));
    }

    /// Somebody whose claims a direct session is told.
    public static RowContext claims(TargetConfig config, Rls rls, Map<String, Object> attributes) {
        return new RowContexts(config, PoolFixtures.policies())
                .of(caller(attributes), target(rls, PoolMode.DIRECT));
    }

    /// What targets are told for callers.
    public static RowContexts contexts(TargetConfig config) {
        return new RowContexts(config, PoolFixtures.policies());
    }

    private static Target target(Rls rls, PoolMode mode) {
        return new Target(
                UUID.randomUUID(),
                1,
                "127.0.0.1",
                1,
                "agent",
                "agent",
                TlsMode.DISABLE,
                null,
                mode,
                20,
                rls,
                null);
    }

    public static Caller caller() {
        return caller(Map.of());
    }

    public static Caller caller(Map<String, Object> attributes) {
        return new Caller(
                UUID.randomUUID(),
                "test",
                "default",
                false,
                List.of(),
                attributes,
                new Caller.Credential(CredentialType.API_TOKEN, UUID.randomUUID(), null, null),
                Grants.NOTHING,
                null);
    }
}
