package dev.drawbridge.auth.token;

import dev.drawbridge.auth.request.Creation;
import dev.drawbridge.auth.request.Creations;
import dev.drawbridge.auth.request.Required;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/// Tokens of service accounts. They are listed and revoked as all others, under `admin:tokens`.
@Path("/api/v1/users/{id}/tokens")
@RunOnVirtualThread
@Authenticated
final class ServiceTokenResource {
    private final ServiceAccounts accounts;
    private final Tokens tokens;
    private final Creations creations;
    private final CurrentCaller caller;

    ServiceTokenResource(
            ServiceAccounts accounts, Tokens tokens, Creations creations, CurrentCaller caller) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.creations = creations;
        this.caller = caller;
    }

    /// The token lets through no more than its maker holds, whatever the account does.
    @POST
    public Response create(
            UUID id,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Nullable TokenRequest body) {
        Caller admin = caller.get();
        accounts.requireTokenFor(admin, id);
        TokenRequest wanted = Required.body(body);
        TokenDraft draft = tokens.draft(admin, wanted);
        return creations.once(
                new Creation(admin, key, "/api/v1/users/" + id + "/tokens", wanted),
                () -> tokens.make(admin, id, draft));
    }
}
