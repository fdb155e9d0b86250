package dev.drawbridge.auth.token;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.credential.AllowedHours;
import dev.drawbridge.auth.credential.ServiceRoleConfig;
import dev.drawbridge.auth.grant.Ceiling;
import dev.drawbridge.auth.name.Name;
import dev.drawbridge.auth.request.Created;
import dev.drawbridge.auth.request.Required;
import dev.drawbridge.auth.revocation.RevocationRepository;
import dev.drawbridge.identity.Authorization;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.OpaqueCredential;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.identity.Revocation;
import dev.drawbridge.identity.network.Cidr;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
    // At least a millisecond for each, as Rate needs it.
    private static final int MAX_REQUESTS = 100_000;
    private static final int MAX_SECONDS = 86_400;

    private final Db db;
    private final TokenRepository repository;
    private final RevocationRepository revocations;
    private final TokenConfig config;
    private final ServiceRoleConfig serviceRoles;
    private final Audit audit;

    Tokens(
            Db db,
            TokenRepository repository,
            RevocationRepository revocations,
            TokenConfig config,
            ServiceRoleConfig serviceRoles,
            Audit audit) {
        this.db = db;
        this.repository = repository;
        this.revocations = revocations;
        this.config = config;
        this.serviceRoles = serviceRoles;
        this.audit = audit;
    }

    /// What to make for a request.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` naming the field, or
    ///   `AUTHORIZATION_ERROR` for what the caller does not hold
    TokenDraft draft(Caller caller, TokenRequest request) {
        if (!caller.credential().type().isOpaque()) {
            throw new Problem.Forbidden("of a session: a provider's token makes no lasting one")
                    .exception();
        }
        UUID parent =
                caller.credential().type() == CredentialType.SESSION
                        ? null
                        : caller.credential().id();
        TokenRepository.Limits limits =
                parent == null
                        ? new TokenRepository.Limits(null, null, false)
                        : repository.limits(caller.tenant(), parent);
        if (limits.rated()) {
            throw new Problem.Forbidden("a token without a rate limit").exception();
        }
        CredentialType type = type(caller, request);
        return new TokenDraft(
                Name.label("name", Required.field("name", request.name())).text(),
                parent,
                expiresAt(
                        request.expiresAt(),
                        parent == null ? null : caller.credential().expiresAt()),
                scopes(caller, request.scopes()),
                networks(request.allowedCidrs(), limits.networks()),
                request.agentClass(),
                hours(request.allowedHours(), limits.hours()),
                rate(request.rateLimit()),
                type);
    }

    /// Makes a token and shows its secret, this once. Within [Creations#once].
    Created make(Caller by, UUID owner, TokenDraft draft) {
        var secret = OpaqueCredential.generate(draft.type());
        ApiToken made = repository.insert(by.tenant(), owner, draft, secret.sha256());
        audit.record(Act.by(by, AuthAction.TOKEN_CREATE, "token:" + made.id()).with("after", made));
        return new Created(made.id(), null, made.withToken(secret.text()), true);
    }

    /// A service-role key is for no agent, and made by a superuser where there is a network that it
    /// works from.
    private CredentialType type(Caller caller, TokenRequest request) {
        String type = request.type();
        if (type == null || type.equals(CredentialType.API_TOKEN.text())) {
            return CredentialType.API_TOKEN;
        }
        if (!type.equals(CredentialType.SERVICE_ROLE.text())) {
            throw new Problem.Invalid("type", "must be api_token or service_role").exception();
        }
        Ceiling.requireSuperuser(caller);
        if (request.agentClass() != null) {
            throw new Problem.Invalid("agentClass", "is not for service-role keys").exception();
        }
        if (serviceRoles.trustedNetworks().isEmpty()) {
            throw new Problem.Conflict(
                            "No network is trusted with service-role keys:"
                                    + " auth.service-role.trusted-networks.")
                    .exception();
        }
        return CredentialType.SERVICE_ROLE;
    }

    private static @Nullable AllowedHours hours(
            @Nullable AllowedHours wanted, @Nullable AllowedHours limit) {
        if (wanted != null && limit != null && !wanted.equals(limit)) {
            throw new Problem.Forbidden("a token for other hours than its maker's").exception();
        }
        return wanted == null ? limit : wanted;
    }

    private static Caller.@Nullable RateLimit rate(Caller.@Nullable RateLimit wanted) {
        if (wanted != null
                && (wanted.requests() < 1
                        || wanted.requests() > MAX_REQUESTS
                        || wanted.perSeconds() < 1
                        || wanted.perSeconds() > MAX_SECONDS)) {
            throw new Problem.Invalid(
                            "rateLimit", "must be 1 to 100000 requests in 1 to 86400 perSeconds")
                    .exception();
        }
        return wanted;
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
    void revoke(Caller caller, ApiToken token) {
        db.transaction(() -> {
            List<UUID> ended = repository.revoke(caller.tenant(), token.id());
            ended.forEach(id -> revocations.announce(Revocation.ofCredential(id)));
            audit.record(
                    Act.by(caller, AuthAction.TOKEN_REVOKE, "token:" + token.id())
                            .with("before", token)
                            .with("ended", ended));
            return ended;
        });
    }

    private @Nullable Instant expiresAt(@Nullable Instant wanted, @Nullable Instant limit) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Instant policy = config.maxLifetime().map(now::plus).orElse(null);
        if (wanted == null) {
            return Rotation.earlier(limit, policy);
        }
        if (!wanted.isAfter(now)) {
            throw new Problem.Invalid("expiresAt", "must be in the future").exception();
        }
        if (policy != null && wanted.isAfter(policy)) {
            throw new Problem.Invalid("expiresAt", "must not be later than " + policy).exception();
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
