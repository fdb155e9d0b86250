package dev.drawbridge.auth.token;

import dev.drawbridge.auth.proof.RecentProof;
import dev.drawbridge.auth.request.Creation;
import dev.drawbridge.auth.request.Creations;
import dev.drawbridge.auth.request.Page;
import dev.drawbridge.auth.request.Required;
import dev.drawbridge.auth.request.Slice;
import dev.drawbridge.identity.Authorization;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.UUID;

/// API tokens: one's own, and with `admin:tokens` those of others. A scoped token reaches only
/// itself and what it made.
@Path(TokenResource.PATH)
@RunOnVirtualThread
@Authenticated
final class TokenResource {
    static final String PATH = "/api/v1/auth/tokens";
    private static final ProtectedObject AREA = ProtectedObject.admin("tokens");

    private final TokenRepository repository;
    private final Tokens tokens;
    private final RecentProof proof;
    private final Creations creations;
    private final CurrentCaller caller;

    TokenResource(
            TokenRepository repository,
            Tokens tokens,
            RecentProof proof,
            Creations creations,
            CurrentCaller caller) {
        this.repository = repository;
        this.tokens = tokens;
        this.proof = proof;
        this.creations = creations;
        this.caller = caller;
    }

    @POST
    public Response create(
            @HeaderParam("Idempotency-Key") @Nullable String key, @Nullable TokenRequest body) {
        Caller owner = caller.get();
        TokenRequest wanted = Required.body(body);
        TokenDraft draft = tokens.draft(RecentProof.requireNothingPending(owner), wanted);
        if (draft.parent() == null && Tokens.administers(owner, draft)) {
            proof.require(owner);
        }
        return creations.once(
                new Creation(owner, key, PATH, wanted),
                () -> tokens.make(owner, owner.id(), draft));
    }

    /// One's own tokens, or another user's.
    @GET
    public Page<ApiToken> list(
            @QueryParam("userId") @Nullable String userId,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Caller reader = caller.get();
        Slice slice = Slice.parse(limit, cursor);
        UUID user = Required.id("userId", userId);
        var reach = own(reader);
        if (user != null && !user.equals(reader.id())) {
            Authorization.require(reader, Level.READ, AREA);
            reach = new TokenRepository.Reach(reader.tenant(), user, null);
        }
        return Page.of(repository.list(reach, slice), slice, ApiToken::id);
    }

    @GET
    @Path("{id}")
    public ApiToken get(UUID id) {
        return find(caller.get(), Level.READ, id);
    }

    @DELETE
    @Path("{id}")
    public void revoke(UUID id) {
        Caller owner = caller.get();
        tokens.revoke(owner, find(owner, Level.ADMIN, id));
    }

    private ApiToken find(Caller reader, Level needed, UUID id) {
        Optional<ApiToken> found = repository.find(own(reader), id);
        if (found.isEmpty() && Authorization.may(reader, needed, AREA)) {
            found = repository.find(new TokenRepository.Reach(reader.tenant(), null, null), id);
        }
        return found.orElseThrow(() -> none(id));
    }

    private static TokenRepository.Reach own(Caller reader) {
        return new TokenRepository.Reach(
                reader.tenant(),
                reader.id(),
                reader.scopes() == null ? null : reader.credential().id());
    }

    private static ProblemException none(UUID id) {
        return new Problem.NotFound("token", id.toString()).exception();
    }
}
