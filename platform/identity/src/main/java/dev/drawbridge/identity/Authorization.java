package dev.drawbridge.identity;

import dev.drawbridge.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Set;

/// The one function that decides what a caller may do, for listing, reading, writing and streaming
/// alike:
///
///     effective = min( highest grant of the caller's groups, scope of the token )
///
/// An unscoped token limits nothing; a superuser holds everything that the token lets through.
public final class Authorization {
    private Authorization() {}

    /// How much the caller may do on the object.
    public static Level effective(Caller caller, ProtectedObject object) {
        return decide(caller.superuser(), caller.grants(), caller.scopes(), object).level();
    }

    /// The same with its two halves, for someone who holds this much through groups.
    ///
    /// @param scopes of the credential; null for an unscoped one
    public static Decision decide(
            boolean superuser, Grants grants, @Nullable Grants scopes, ProtectedObject object) {
        return new Decision(
                superuser ? Level.ADMIN : grants.on(object),
                scopes == null ? Level.ADMIN : scopes.on(object));
    }

    public static boolean may(Caller caller, Level needed, ProtectedObject object) {
        return effective(caller, object).permits(needed);
    }

    /// Passes, or fails as one who may know that the object exists.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHORIZATION_ERROR`
    public static void require(Caller caller, Level needed, ProtectedObject object) {
        Decision decision = decide(caller.superuser(), caller.grants(), caller.scopes(), object);
        if (!decision.level().permits(needed)) {
            String permission = needed.text() + " on " + object;
            throw decision.granted().permits(needed)
                    ? new Problem.OutOfScope(permission, needed.text()).exception()
                    : new Problem.Forbidden(permission).exception();
        }
    }

    /// Whether the caller holds `needed` on the object or on anything inside it: who may use one
    /// schema of a connection sees the connection in a list.
    public static boolean reaches(Caller caller, Level needed, ProtectedObject object) {
        Collection<ProtectedObject> granted =
                caller.superuser()
                        ? Set.of(ProtectedObject.EVERYTHING)
                        : caller.grants().levels().keySet();
        Grants scopes = caller.scopes();
        Collection<ProtectedObject> scoped =
                scopes == null ? Set.of(ProtectedObject.EVERYTHING) : scopes.levels().keySet();
        return granted.stream()
                .flatMap(grant -> object.meet(grant).stream())
                .flatMap(inside -> scoped.stream().flatMap(scope -> inside.meet(scope).stream()))
                .anyMatch(inside -> may(caller, needed, inside));
    }
}
