package dev.drawbridge.auth.login;

import dev.drawbridge.auth.name.Name;
import dev.drawbridge.auth.password.Password;
import dev.drawbridge.auth.password.PasswordHashes;
import dev.drawbridge.auth.session.SessionConfig;
import dev.drawbridge.auth.session.SessionRepository;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.OpaqueCredential;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.sql.Db;

import io.micrometer.core.instrument.MeterRegistry;

import jakarta.inject.Singleton;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/// A user name and a password become a session. Whether the user is unknown or disabled or the
/// password wrong: the same work is done and the same words are said.
///
/// Limits by address and account, lockout and a second factor belong between the lookup and the
/// session; the record of the attempt where the outcome is counted.
@Singleton
final class Login {
    private final LoginRepository accounts;
    private final PasswordHashes passwords;
    private final SessionRepository sessions;
    private final SessionConfig config;
    private final MeterRegistry meters;

    Login(
            LoginRepository accounts,
            PasswordHashes passwords,
            SessionRepository sessions,
            SessionConfig config,
            MeterRegistry meters) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.sessions = sessions;
        this.config = config;
        this.meters = meters;
    }

    /// A session that has begun.
    record Opened(OpaqueCredential session, Instant expiresAt, UUID user, String username) {}

    /// @throws dev.drawbridge.problem.ProblemException `AUTHENTICATION_ERROR`, or `OVERLOADED` when
    ///   too many passwords wait to be checked
    Opened open(String tenant, String username, String password) {
        try {
            Opened opened =
                    Password.attempt(password)
                            .flatMap(attempt -> check(tenant, username, attempt))
                            .orElseThrow(Login::refused);
            count("success");
            return opened;
        } catch (ProblemException refused) {
            count(refused.problem().code());
            throw refused;
        }
    }

    private Optional<Opened> check(String tenant, String username, Password attempt) {
        Optional<LoginRepository.Account> account =
                Name.find(username).flatMap(name -> accounts.find(tenant, name.key()));
        boolean matches =
                passwords.matches(attempt, account.map(LoginRepository.Account::passwordHash));
        return matches ? account.flatMap(known -> begin(tenant, known)) : Optional.empty();
    }

    private Optional<Opened> begin(String tenant, LoginRepository.Account account) {
        var secret = OpaqueCredential.generate(CredentialType.SESSION);
        Instant expiresAt = Instant.now().plus(config.lifetime()).truncatedTo(ChronoUnit.MILLIS);
        var opening =
                new SessionRepository.Opening(
                        tenant,
                        Db.newId(),
                        account.id(),
                        secret,
                        account.passwordHash(),
                        expiresAt);
        return sessions.open(opening)
                ? Optional.of(new Opened(secret, expiresAt, account.id(), account.username()))
                : Optional.empty();
    }

    private void count(String outcome) {
        meters.counter("auth.login", "outcome", outcome).increment();
    }

    private static ProblemException refused() {
        return new Problem.Unauthenticated("The user name or the password is wrong.").exception();
    }
}
