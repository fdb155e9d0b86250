package dev.drawbridge.gateway.login;

import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.resource.Resources;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.Digest;
import dev.drawbridge.identity.Grants;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A login of a database as a caller: it reads that one connection, with every tool, and
/// administers nothing. What it sees there is its database's business.
final class LoginCaller {
    private LoginCaller() {}

    /// @param credential names the login and the password that it was judged with
    static Caller of(Connection connection, String login, UUID credential) {
        String id = connection.id().toString();
        return new Caller(
                id(connection.id(), login),
                login + "@" + id,
                connection.tenant(),
                false,
                List.of(),
                Map.of(),
                new Caller.Credential(CredentialType.DATABASE_LOGIN, credential, null, null),
                new Grants(
                        Map.of(
                                ProtectedObject.connection(id), Level.READ,
                                ProtectedObject.tool("*"), Level.READ,
                                ProtectedObject.prompt("*"), Level.READ,
                                Resources.allOf(connection), Level.READ)),
                null);
    }

    /// The same on every replica and for every password, another for every connection and login. No
    /// user of auth-service has it: theirs are of version 7.
    static UUID id(UUID connection, String login) {
        byte[] digest = Digest.of("database login\n" + connection + "\n" + login);
        return LoginDigest.uuid(ByteBuffer.wrap(digest));
    }
}
