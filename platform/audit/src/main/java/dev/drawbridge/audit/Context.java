package dev.drawbridge.audit;

import dev.drawbridge.identity.Caller;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/// Who asked, from where, and as whom a target database saw them. The same for many records, so it
/// is stored once a month and addressed by its content.
///
/// @param tenant null for what belongs to the whole service, which no tenant's auditor sees
/// @param credentialType `session`, `api_token` …; null where none was shown or it was refused
/// @param client the numeric address of the caller
/// @param rls a JSON object: the mode, the role, and the settings with their values
public record Context(
        @Nullable String tenant,
        @Nullable UUID user,
        @Nullable String username,
        @Nullable String credentialType,
        @Nullable UUID credential,
        @Nullable String client,
        @Nullable UUID connection,
        @Nullable String database,
        @Nullable String rls) {

    /// Callers have a say in these.
    public Context {
        tenant = Canonical.storable(tenant);
        client = Canonical.storable(client);
        database = Canonical.storable(database);
        rls = Canonical.storable(rls);
    }

    /// The service itself: starts, anchors, upkeep.
    public static final Context SERVICE =
            new Context(null, null, null, null, null, null, null, null, null);

    /// Somebody who is not known, or not yet.
    public static Context stranger(@Nullable String tenant, @Nullable String client) {
        return new Context(tenant, null, null, null, null, client, null, null, null);
    }

    /// A caller, and nothing of a database.
    public static Context of(Caller caller, @Nullable String client) {
        return of(caller, client, null, null, null);
    }

    /// A caller, as a database saw them.
    public static Context of(
            Caller caller,
            @Nullable String client,
            @Nullable UUID connection,
            @Nullable String database,
            @Nullable String rls) {
        return new Context(
                caller.tenant(),
                caller.id(),
                caller.username(),
                caller.credential().type().text(),
                caller.credential().id(),
                client,
                connection,
                database,
                rls);
    }

    /// The first half of the SHA-256 over all fields.
    public UUID address() {
        return new Canonical()
                .begin("context.1")
                .text(tenant)
                .id(user)
                .text(username)
                .text(credentialType)
                .id(credential)
                .text(client)
                .id(connection)
                .text(database)
                .text(rls)
                .address();
    }
}
