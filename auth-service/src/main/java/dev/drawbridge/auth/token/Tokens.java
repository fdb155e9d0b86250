package dev.drawbridge.auth.token;

import dev.drawbridge.auth.name.Name;
import dev.drawbridge.auth.network.Cidr;
import dev.drawbridge.auth.request.Required;
import dev.drawbridge.auth.revocation.RevocationRepository;
import dev.drawbridge.identity.Authorization;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.identity.Revocation;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// The rules for a new token: it lets through no more than its maker holds. Made by another token,
/// it also lasts no longer, works from nowhere else, and is revoked with it.
@Singleton
final class Tokens {
    private static final int MAX_SCOPES = 200;
    private static final int MAX_NETWORKS = 50;

    private final Db db;
    private final TokenRepository repository;
    private final RevocationRepository revocations;

    Tokens(Db db, TokenRepository repository, RevocationRepository revocations) {
        this.db = db;
        this.repository = repository;
        this.revocations = revocations;
    }

    /// What to make for a request.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` naming the field, or
    ///   `AUTHORIZATION_ERROR` for what the caller does not hold
    TokenDraft draft(Caller caller, TokenRequest request) {
        boolean byToken = caller.credential().type() == CredentialType.API_TOKEN;
        UUID parent = byToken ? caller.credential().id() : null;
        return new TokenDraft(
                Name.label("name", Required.field("name", request.name())).text(),
                parent,
                expiresAt(request.expiresAt(), byToken ? caller.credential().expiresAt() : null),
                scopes(caller, request.scopes()),
                networks(
                        request.allowedCidrs(),
                        parent == null ? null : repository.networks(caller.tenant(), parent)),
                request.agentClass());
    }

    /// Whether the token could administer something: it is scoped to do so, or unscoped in the
    /// hands of someone who can.
    static boolean administers(Caller owner, TokenDraft draft) {
        List<Scope> scopes = draft.scopes();
        return scopes == null
                ? owner.superuser()
                        || owner.grants().levels().entrySet().stream()
                                .anyMatch(grant -> isAdmin(grant.getKey(), grant.getValue()))
                : scopes.stream().anyMatch(scope -> isAdmin(scope.object(), scope.level()));
    }

    private static boolean isAdmin(@Nullable ProtectedObject object, @Nullable Level level) {
        return level == Level.ADMIN
                || (level == Level.WRITE
                        && object != null
                        && (object.kind().equals("admin")
                                || object.equals(ProtectedObject.EVERYTHING)));
    }

    /// Ends a token and all that it made.
    void revoke(String tenant, UUID id) {
        db.transaction(() -> {
            List<UUID> ended = repository.revoke(tenant, id);
            ended.forEach(token -> revocations.announce(Revocation.ofCredential(token)));
            return ended;
        });
    }

    private static @Nullable Instant expiresAt(@Nullable Instant wanted, @Nullable Instant limit) {
        if (wanted == null) {
            return limit;
        }
        if (!wanted.isAfter(Instant.now())) {
            throw new Problem.Invalid("expiresAt", "must be in the future").exception();
        }
        if (limit != null && wanted.isAfter(limit)) {
            throw new Problem.Forbidden("a token that lasts until " + wanted).exception();
        }
        return wanted;
    }

    private static @Nullable List<Scope> scopes(Caller caller, @Nullable List<Scope> wanted) {
        if (wanted == null) {
            return caller.scopes() == null
                    ? null
                    : caller.scopes().levels().entrySet().stream()
                            .map(scope -> new Scope(scope.getKey(), scope.getValue()))
                            .toList();
        }
        if (wanted.size() > MAX_SCOPES) {
            throw new Problem.Invalid("scopes", "must be at most " + MAX_SCOPES).exception();
        }
        Set<ProtectedObject> seen = new HashSet<>();
        for (int i = 0; i < wanted.size(); i++) {
            String field = "scopes[" + i + "]";
            Scope scope = Required.field(field, wanted.get(i));
            ProtectedObject object = Required.field(field + ".object", scope.object());
            Level level = Required.field(field + ".level", scope.level());
            if (level == Level.NONE) {
                throw new Problem.Invalid(field + ".level", "must be read, write or admin")
                        .exception();
            }
            if (!seen.add(object)) {
                throw new Problem.Invalid(field + ".object", "stands there twice").exception();
            }
            Authorization.require(caller, level, object);
        }
        return wanted;
    }

    private static @Nullable List<Cidr> networks(
            @Nullable List<Cidr> wanted, @Nullable List<Cidr> limit) {
        if (wanted == null) {
            return limit;
        }
        if (wanted.isEmpty() || wanted.size() > MAX_NETWORKS) {
            throw new Problem.Invalid("allowedCidrs", "must be 1 to " + MAX_NETWORKS).exception();
        }
        for (int i = 0; i < wanted.size(); i++) {
            Cidr network = Required.field("allowedCidrs[" + i + "]", wanted.get(i));
            if (limit != null && limit.stream().noneMatch(outer -> outer.contains(network))) {
                throw new Problem.Forbidden("a token for " + network).exception();
            }
        }
        return wanted;
    }
}
