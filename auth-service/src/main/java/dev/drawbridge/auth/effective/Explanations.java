package dev.drawbridge.auth.effective;

import dev.drawbridge.auth.request.Required;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.problem.Problem;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/// Explanations of what is in the datastore now.
@Singleton
final class Explanations {
    private final StandingRepository standings;

    Explanations(StandingRepository standings) {
        this.standings = standings;
    }

    /// For a caller, as limited by the credential that was shown.
    ///
    /// @param object as the query parameter gives it
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` for what is no object
    Explanation ofCaller(Caller caller, @Nullable String object) {
        var asked = ProtectedObject.parse(Required.field("object", object));
        return Explanation.of(standing(caller.tenant(), caller.id()), caller.scopes(), asked);
    }

    /// For any user of the tenant, without a credential.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` for what is no object,
    ///   `NOT_FOUND` for who is no user
    Explanation ofUser(String tenant, UUID user, @Nullable String object) {
        var asked = ProtectedObject.parse(Required.field("object", object));
        return Explanation.of(standing(tenant, user), null, asked);
    }

    private Standing standing(String tenant, UUID user) {
        return standings
                .find(tenant, user)
                .orElseThrow(() -> new Problem.NotFound("user", user.toString()).exception());
    }
}
