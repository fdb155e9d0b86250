package dev.drawbridge.auth.login;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.name.Name;
import dev.drawbridge.identity.network.Client;
import dev.drawbridge.problem.Problem;

import jakarta.inject.Singleton;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// The record of refused attempts. Whether a user is known makes no difference to what is asked and
/// written.
@Singleton
final class SignIns {
    /// As the table of tenants has them; anything else is somebody's garbage and not kept.
    private static final Pattern TENANT = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private static final int SHOWN = 2;

    private final LoginRepository accounts;
    private final Audit audit;

    SignIns(LoginRepository accounts, Audit audit) {
        this.accounts = accounts;
        this.audit = audit;
    }

    /// Records an attempt that was judged, at once; one that was not even looked at (too many at a
    /// time), behind the answer.
    void refused(String tenant, String username, Client client, Problem problem) {
        String address = client.address().text();
        String known = TENANT.matcher(tenant).matches() ? tenant : null;
        if (!(problem instanceof Problem.Unauthenticated)) {
            audit.recordBehind(
                    Act.byStranger(known, AuthAction.SIGN_IN, null).from(address).refused(problem));
            return;
        }
        Optional<UUID> user =
                Optional.ofNullable(known)
                        .flatMap(_ -> Name.find(username))
                        .flatMap(name -> accounts.findId(tenant, name.key()));
        audit.record(
                Act.byStranger(known, AuthAction.SIGN_IN, user.map(id -> "user:" + id).orElse(null))
                        .with("username", user.isPresent() ? username.strip() : hint(username))
                        .from(address)
                        .refused(problem));
    }

    /// Enough to recognise a misspelt name; not enough if it was a password in the wrong field.
    private static String hint(String username) {
        int end =
                username.offsetByCodePoints(
                        0, Math.min(SHOWN, username.codePointCount(0, username.length())));
        return username.substring(0, end) + "… (" + username.length() + ")";
    }
}
