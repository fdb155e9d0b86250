package dev.drawbridge.auth.login;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.name.Name;
import dev.drawbridge.auth.name.Tenant;
import dev.drawbridge.identity.network.Client;
import dev.drawbridge.problem.Problem;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.UUID;

/// The record of refused attempts. Whether a user is known makes no difference to what is asked and
/// written.
@Singleton
final class SignIns {
    private static final int SHOWN = 2;

    private final LoginRepository accounts;
    private final Audit audit;

    SignIns(LoginRepository accounts, Audit audit) {
        this.accounts = accounts;
        this.audit = audit;
    }

    /// Records a refused login. Of one that was not even looked at only the address is kept.
    ///
    /// @param proved whose password was shown; null when none was
    void refused(Login.Shown shown, @Nullable UUID proved, Client client, Problem problem) {
        // Anything else is somebody's garbage and not kept.
        String tenant = Tenant.isName(shown.tenant()) ? shown.tenant() : null;
        String username = shown.username();
        boolean lookedAt = proved != null || isJudged(problem);
        Optional<UUID> user =
                Optional.ofNullable(proved)
                        .or(() -> lookedAt ? find(tenant, username) : Optional.empty());
        String object = user.map(id -> "user:" + id).orElse(null);
        Act act = Act.byStranger(tenant, AuthAction.SIGN_IN, object).from(client.address().text());
        refused(
                lookedAt
                        ? act.with("username", object == null ? hint(username) : username.strip())
                        : act,
                problem);
    }

    private Optional<UUID> find(@Nullable String tenant, String username) {
        return tenant == null
                ? Optional.empty()
                : Name.find(username).flatMap(name -> accounts.findId(tenant, name.key()));
    }

    /// Records an attempt that was judged, at once; one that was not even looked at (too many at a
    /// time), behind the answer.
    void refused(Act act, Problem problem) {
        if (isJudged(problem)) {
            audit.record(act.refused(problem));
        } else {
            audit.recordBehind(act.refused(problem));
        }
    }

    private static boolean isJudged(Problem problem) {
        return problem instanceof Problem.Unauthenticated
                || problem instanceof Problem.SecondFactorRequired
                || problem instanceof Problem.Invalid;
    }

    /// Enough to recognise a misspelt name; not enough if it was a password in the wrong field.
    private static String hint(String username) {
        int end =
                username.offsetByCodePoints(
                        0, Math.min(SHOWN, username.codePointCount(0, username.length())));
        return username.substring(0, end) + "… (" + username.length() + ")";
    }
}
