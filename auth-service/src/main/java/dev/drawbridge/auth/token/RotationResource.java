package dev.drawbridge.auth.token;

import dev.drawbridge.auth.grant.Ceiling;
import dev.drawbridge.auth.proof.RecentProof;
import dev.drawbridge.auth.request.Created;
import dev.drawbridge.auth.request.Creation;
import dev.drawbridge.auth.request.Creations;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.identity.OpaqueCredential;
import dev.drawbridge.problem.Problem;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.UUID;

/// Rotation of one's own tokens: by a session any of them, by a token itself alone. An
/// administrator does not rotate another's: the answer holds a secret that acts as them.
@Path(TokenResource.PATH + "/{id}/rotate")
@RunOnVirtualThread
@Authenticated
final class RotationResource {
    private final TokenRepository repository;
    private final Rotation rotation;
    private final RecentProof proof;
    private final Creations creations;
    private final CurrentCaller caller;

    RotationResource(
            TokenRepository repository,
            Rotation rotation,
            RecentProof proof,
            Creations creations,
            CurrentCaller caller) {
        this.repository = repository;
        this.rotation = rotation;
        this.proof = proof;
        this.creations = creations;
        this.caller = caller;
    }

    /// @param overlapSeconds how long the old token goes on working; as configured when absent
    record RotationRequest(@Nullable Long overlapSeconds) {}

    record Rotated(UUID id, Duration overlap) {}

    /// The successor, with its secret, this once.
    @POST
    public Response rotate(
            UUID id,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Nullable RotationRequest body) {
        Caller owner = RecentProof.requireNothingPending(caller.get());
        Duration overlap = rotation.overlap(body == null ? null : body.overlapSeconds());
        ApiToken old =
                repository
                        .find(own(owner), id)
                        .filter(found -> isBySession(owner) || isItself(owner, found))
                        .orElseThrow(
                                () -> new Problem.NotFound("token", id.toString()).exception());
        TokenDraft draft = rotation.successor(owner, old);
        if (draft.type() == CredentialType.SERVICE_ROLE) {
            Ceiling.requireSuperuser(owner);
        }
        if (isBySession(owner) && Tokens.administers(owner, draft)) {
            proof.require(owner);
        }
        return creations.once(
                new Creation(owner, key, TokenResource.PATH, new Rotated(id, overlap)),
                () -> {
                    var secret = OpaqueCredential.generate(draft.type());
                    ApiToken made =
                            repository.insert(owner.tenant(), owner.id(), draft, secret.sha256());
                    rotation.succeed(owner, old, made.id(), overlap);
                    return new Created(made.id(), null, made.withToken(secret.text()), true);
                });
    }

    private static TokenRepository.Reach own(Caller owner) {
        return new TokenRepository.Reach(owner.tenant(), owner.id(), null);
    }

    private static boolean isBySession(Caller owner) {
        return owner.credential().type() == CredentialType.SESSION;
    }

    private static boolean isItself(Caller owner, ApiToken found) {
        return owner.credential().id().equals(found.id());
    }
}
