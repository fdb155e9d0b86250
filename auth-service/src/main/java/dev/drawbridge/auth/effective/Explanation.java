package dev.drawbridge.auth.effective;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.drawbridge.identity.Authorization;
import dev.drawbridge.identity.Grants;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// How much somebody may do on an object, and why. The level is what [Authorization] says; what one
/// grant or one scope gives is what [Grants] says of that one alone.
///
/// @param level the least of `granted` and `letThrough`; `none` for a disabled user
/// @param granted what the groups give, `admin` for a superuser
/// @param letThrough what the credential's scopes let through; null for an unscoped one
/// @param grants all that cover the object, the highest first
/// @param scopes all that cover the object, the highest first; null for an unscoped credential
@JsonInclude(JsonInclude.Include.NON_NULL)
record Explanation(
        ProtectedObject object,
        Level level,
        Reason decidedBy,
        Level granted,
        @Nullable Level letThrough,
        List<GrantShare> grants,
        @Nullable List<ScopeShare> scopes) {

    /// A grant that covers the object.
    ///
    /// @param decides whether the level is this one's
    /// @param through a shortest way from the user to the group that has the grant: the group the
    ///   user is in first, the one with the grant last
    record GrantShare(
            UUID id,
            ProtectedObject object,
            Level level,
            boolean decides,
            List<Standing.Group> through) {}

    /// A scope that covers the object.
    ///
    /// @param decides whether the level is this one's
    record ScopeShare(ProtectedObject object, Level level, boolean decides) {}

    /// @param scopes of the credential; null for an unscoped one, or for none
    static Explanation of(Standing standing, @Nullable Grants scopes, ProtectedObject object) {
        var ways = standing.ways();
        var held =
                standing.grants().stream()
                        .filter(grant -> ways.containsKey(grant.group()))
                        .toList();
        var decision = Authorization.decide(standing.superuser(), sum(held), scopes, object);
        var reason = Reason.of(standing, decision);
        return new Explanation(
                object,
                reason == Reason.DISABLED ? Level.NONE : decision.level(),
                reason,
                decision.granted(),
                scopes == null ? null : decision.letThrough(),
                held.stream()
                        .filter(grant -> covers(grant.object(), grant.level(), object))
                        .sorted(Comparator.comparing(Standing.Held::level).reversed())
                        .map(grant ->
                                new GrantShare(
                                        grant.id(),
                                        grant.object(),
                                        grant.level(),
                                        reason == Reason.GRANT
                                                && grant.level() == decision.granted(),
                                        ways.getOrDefault(grant.group(), List.of())))
                        .toList(),
                scopes == null
                        ? null
                        : scopeShares(
                                scopes,
                                object,
                                reason == Reason.SCOPE ? decision.letThrough() : null));
    }

    private static Grants sum(List<Standing.Held> grants) {
        Map<ProtectedObject, Level> levels = new HashMap<>();
        grants.forEach(grant -> levels.merge(grant.object(), grant.level(), Level::max));
        return new Grants(levels);
    }

    private static List<ScopeShare> scopeShares(
            Grants scopes, ProtectedObject object, @Nullable Level deciding) {
        return scopes.levels().entrySet().stream()
                .filter(scope -> covers(scope.getKey(), scope.getValue(), object))
                .sorted(Map.Entry.<ProtectedObject, Level>comparingByValue().reversed())
                .map(scope ->
                        new ScopeShare(
                                scope.getKey(), scope.getValue(), scope.getValue() == deciding))
                .toList();
    }

    private static boolean covers(ProtectedObject on, Level level, ProtectedObject object) {
        return new Grants(Map.of(on, level)).on(object) != Level.NONE;
    }
}
