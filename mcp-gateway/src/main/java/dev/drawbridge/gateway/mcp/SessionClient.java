package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.client.Ability;
import dev.drawbridge.gateway.client.LogLevel;
import dev.drawbridge.gateway.mcp.wire.ReplyStream;
import dev.drawbridge.gateway.mcp.wire.StreamedClient;

import io.quarkiverse.mcp.server.InitialRequest;
import io.quarkiverse.mcp.server.McpConnection;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.Set;

/// What is known of the client of a session: what it said when the session began, and since.
final class SessionClient {
    private SessionClient() {}

    /// @param progressToken of the call
    static StreamedClient of(
            McpConnection session, ReplyStream reply, @Nullable Object progressToken) {
        return new StreamedClient(
                reply,
                "tools/call",
                reply.takesEvents() ? abilities(session.initialRequest()) : Set.of(),
                LogLevel.valueOf(session.logLevel().name()),
                progressToken);
    }

    private static Set<Ability> abilities(InitialRequest said) {
        var abilities = EnumSet.noneOf(Ability.class);
        if (said.supportsElicitationFormMode()) {
            abilities.add(Ability.ELICITATION);
        }
        if (said.supportsSampling()) {
            abilities.add(Ability.SAMPLING);
        }
        if (said.supportsRoots()) {
            abilities.add(Ability.ROOTS);
        }
        return abilities;
    }
}
