package dev.drawbridge.auth.signon;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.external.ExternalIdentity;
import dev.drawbridge.auth.external.ExternalLogoutRepository;
import dev.drawbridge.auth.external.ExternalPerson;
import dev.drawbridge.auth.external.ExternalUsers;
import dev.drawbridge.auth.revocation.RevocationRepository;
import dev.drawbridge.auth.session.Sessions;
import dev.drawbridge.identity.Revocation;
import dev.drawbridge.identity.network.Client;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.sql.Db;
import dev.drawbridge.sql.SecretBox;

import jakarta.inject.Singleton;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Sessions that began at a provider, and end with the provider's.
@Singleton
final class ExternalSessions {
    private final Db db;
    private final Sessions sessions;
    private final SignOnRepository repository;
    private final ExternalLogoutRepository logouts;
    private final ExternalUsers users;
    private final RevocationRepository revocations;
    private final SecretBox secrets;
    private final Audit audit;

    ExternalSessions(
            Db db,
            Sessions sessions,
            SignOnRepository repository,
            ExternalLogoutRepository logouts,
            ExternalUsers users,
            RevocationRepository revocations,
            SecretBox secrets,
            Audit audit) {
        this.db = db;
        this.sessions = sessions;
        this.repository = repository;
        this.logouts = logouts;
        this.users = users;
        this.revocations = revocations;
        this.secrets = secrets;
        this.audit = audit;
    }

    /// Where a session came from.
    ///
    /// @param idToken in the clear: for the provider's logout, and nobody else
    record Origin(String issuer, String idToken) {}

    /// Begins a session.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHENTICATION_ERROR` for a disabled user
    Sessions.Opened open(
            ExternalIdentity identity, ExternalPerson person, String idToken, Client client) {
        var start =
                new Sessions.Start(
                        identity.tenant(), identity.user(), null, person.secondFactor(), client);
        return db.transaction(() -> {
            Sessions.Opened opened =
                    sessions.open(start, person.issuer())
                            .orElseThrow(() ->
                                    new Problem.Unauthenticated(
                                                    "There is no account here for this person.")
                                            .exception());
            repository.remember(
                    identity.tenant(),
                    opened.id(),
                    new SignOnRepository.ExternalSession(
                            person.issuer(),
                            person.subject(),
                            person.sid(),
                            secrets.seal(
                                    purpose(opened.id()),
                                    idToken.getBytes(StandardCharsets.UTF_8))));
            return opened;
        });
    }

    /// Ends one session.
    ///
    /// @return where it came from; empty for one that began with a password
    Optional<Origin> end(String tenant, UUID session) {
        return db.transaction(() -> {
            Optional<Origin> origin =
                    repository
                            .find(tenant, session)
                            .map(external ->
                                    new Origin(
                                            external.issuer(), open(session, external.idToken())));
            sessions.end(tenant, session);
            return origin;
        });
    }

    /// Ends what a provider says has ended. The same token again changes nothing.
    ///
    /// @return how many sessions ended
    int endAll(ExternalLogoutRepository.Logout logout) {
        return db.transaction(() -> {
            if (!logouts.remember(logout)) {
                return 0;
            }
            List<SignOnRepository.Ended> ended =
                    repository.end(logout.issuer(), logout.sid(), logout.subject());
            ended.forEach(one -> {
                revocations.announce(Revocation.ofCredential(one.session()));
                audit.record(
                        Act.byStranger(
                                        one.tenant(),
                                        AuthAction.SIGN_OUT,
                                        "session:" + one.session())
                                .with("issuer", logout.issuer())
                                .with("user", one.user()));
            });
            String subject = logout.subject();
            if (subject == null) {
                // Whose bearer tokens are meant is not said, so all are judged anew.
                revocations.announce(Revocation.ofEveryone());
            } else {
                users.find(logout.issuer(), subject)
                        .ifPresent(known -> revocations.announce(Revocation.ofUser(known.user())));
            }
            return ended.size();
        });
    }

    private String open(UUID session, String sealed) {
        return new String(secrets.open(purpose(session), sealed), StandardCharsets.UTF_8);
    }

    private static String purpose(UUID session) {
        return "external-session:" + session;
    }
}
