package dev.drawbridge.gateway.pool;

import dev.drawbridge.identity.AgentClass;

import java.util.UUID;

/// For whom a session is: sessions are shared out fairly between users, and between the credentials
/// of each.
///
/// @param credential that is bounded by its class
public record Asker(AgentClass agentClass, UUID user, UUID credential) {
    private static final UUID NOBODY = new UUID(0, 0);

    /// The gateway itself, which reads catalogs and looks after what nobody asks for.
    public static final Asker GATEWAY = new Asker(AgentClass.PERSISTENT, NOBODY, NOBODY);
}
