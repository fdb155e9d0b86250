package dev.drawbridge.gateway.oauth;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.Grants;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.ext.web.RoutingContext;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Lets a client begin with few scopes: what its token does not let through, and its caller's
/// grants do, is shown, and answered with the scopes to come back with. Whoever lacks the grant
/// learns nothing of it.
@Singleton
public final class StepUp {
    private final ProtectedResource resource;
    private final Challenges challenges;
    private final NavigableMap<Level, List<String>> further;

    StepUp(OauthConfig config, ProtectedResource resource, Challenges challenges) {
        this.resource = resource;
        this.challenges = challenges;
        this.further = resource.hasServers() ? new TreeMap<>(config.stepUp()) : new TreeMap<>();
    }

    /// The caller as it would be with all scopes that it can ask for: for what is shown, never for
    /// what is done.
    public Caller widest(Caller caller) {
        Grants scopes = caller.scopes();
        if (further.isEmpty() || scopes == null || !mayAsk(caller)) {
            return caller;
        }
        Level widest = Level.max(further.lastKey(), scopes.on(ProtectedObject.EVERYTHING));
        return new Caller(
                caller.id(),
                caller.username(),
                caller.tenant(),
                caller.superuser(),
                caller.groups(),
                caller.attributes(),
                caller.credential(),
                caller.grants(),
                new Grants(Map.of(ProtectedObject.EVERYTHING, widest)));
    }

    /// Whether a request failed for its token's scopes, and there are scopes to ask for.
    public boolean helps(Caller caller, Throwable failure) {
        return needed(caller, failure) != null;
    }

    /// Answers such a request with 403 and all scopes that it needs (MCP 2025-11-25 and 2026-07-28,
    /// "Scope Challenge Handling"), before anything else was answered.
    ///
    /// @return whether it did
    public boolean challenge(RoutingContext context, Caller caller, Throwable failure) {
        Problem.OutOfScope problem = needed(caller, failure);
        if (problem == null || context.response().headWritten()) {
            return false;
        }
        challenges.refuse(
                context,
                scopes(problem),
                ProtectedResource.Fault.ofScope(
                        "The token's scopes do not reach up to " + problem.level() + "."),
                problem);
        return true;
    }

    private Problem.@Nullable OutOfScope needed(Caller caller, Throwable failure) {
        return failure instanceof ProblemException known
                        && known.problem() instanceof Problem.OutOfScope problem
                        && mayAsk(caller)
                        && !scopes(problem).isEmpty()
                ? problem
                : null;
    }

    /// The scopes to begin with and those for the level, or for the next one above; none where
    /// nobody configured such.
    private List<String> scopes(Problem.OutOfScope problem) {
        var entry = further.ceilingEntry(Level.parse(problem.level()));
        return entry == null
                ? List.of()
                : Stream.concat(resource.scopes().stream(), entry.getValue().stream())
                        .distinct()
                        .toList();
    }

    private static boolean mayAsk(Caller caller) {
        return caller.credential().type() == CredentialType.PROVIDER_TOKEN;
    }
}
