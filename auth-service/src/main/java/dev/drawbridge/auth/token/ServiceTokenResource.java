package dev.drawbridge.auth.token;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.request.Created;
import dev.drawbridge.auth.request.Creation;
import dev.drawbridge.auth.request.Creations;
import dev.drawbridge.auth.request.Required;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.identity.OpaqueCredential;

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
    private final TokenRepository repository;
    private final Tokens tokens;
    private final Creations creations;
    private final CurrentCaller caller;
    private final Audit audit;

    ServiceTokenResource(
            ServiceAccounts accounts,
            TokenRepository repository,
            Tokens tokens,
            Creations creations,
            CurrentCaller caller,
            Audit audit) {
        this.accounts = accounts;
        this.repository = repository;
        this.tokens = tokens;
        this.creations = creations;
        this.caller = caller;
        this.audit = audit;
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
                () -> {
                    var secret = OpaqueCredential.generate(CredentialType.API_TOKEN);
                    ApiToken made = repository.insert(admin.tenant(), id, draft, secret.sha256());
                    audit.record(
                            Act.by(admin, AuthAction.TOKEN_CREATE, "token:" + made.id())
                                    .with("after", made));
                    return new Created(made.id(), null, made.withToken(secret.text()), true);
                });
    }
}
