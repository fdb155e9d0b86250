package dev.drawbridge.auth.login;

import dev.drawbridge.auth.name.Name;
import dev.drawbridge.auth.password.Password;
import dev.drawbridge.auth.password.PasswordHashes;
import dev.drawbridge.auth.secondfactor.SecondFactors;
import dev.drawbridge.auth.session.SessionConfig;
import dev.drawbridge.auth.session.SessionRepository;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.OpaqueCredential;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.sql.Db;

import io.micrometer.core.instrument.MeterRegistry;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/// A user name and a password become a session. Whether the user is unknown or disabled or the
/// password wrong: the same work is done and the same words are said.
///
/// Limits by address and account and lockout belong between the lookup and the session; the record
/// of the attempt where the outcome is counted.
@Singleton
final class Login {
    private final LoginRepository accounts;
    private final PasswordHashes passwords;
    private final SecondFactors factors;
    private final SessionRepository sessions;
    private final SessionConfig config;
    private final MeterRegistry meters;

    Login(
            LoginRepository accounts,
            PasswordHashes passwords,
            SecondFactors factors,
            SessionRepository sessions,
            SessionConfig config,
            MeterRegistry meters) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.factors = factors;
        this.sessions = sessions;
        this.config = config;
        this.meters = meters;
    }

    /// A session that has begun.
    record Opened(
            OpaqueCredential session, UUID id, Instant expiresAt, UUID user, String username) {}

    /// What someone shows to sign in.
    ///
    /// @param otp a code of the second factor, or a recovery code; null when none was sent
    record Shown(String tenant, String username, String password, @Nullable String otp) {}

    /// @throws dev.drawbridge.problem.ProblemException `AUTHENTICATION_ERROR`,
    ///   `SECOND_FACTOR_REQUIRED` after a right password only, or `OVERLOADED` when too many
    ///   passwords wait to be checked
    Opened open(Shown shown) {
        try {
            Opened opened =
                    Password.attempt(shown.password())
                            .flatMap(attempt -> check(shown, attempt))
                            .orElseThrow(Login::refused);
            count("success");
            return opened;
        } catch (ProblemException refused) {
            count(refused.problem().code());
            throw refused;
        }
    }

    private Optional<Opened> check(Shown shown, Password attempt) {
        Optional<LoginRepository.Account> account =
                Name.find(shown.username())
                        .flatMap(name -> accounts.find(shown.tenant(), name.key()));
        boolean matches =
                passwords.matches(attempt, account.map(LoginRepository.Account::passwordHash));
        return matches ? account.flatMap(known -> begin(shown, known)) : Optional.empty();
    }

    private Optional<Opened> begin(Shown shown, LoginRepository.Account account) {
        boolean secondFactor = factors.check(shown.tenant(), account.id(), shown.otp());
        var secret = OpaqueCredential.generate(CredentialType.SESSION);
        Instant expiresAt = Instant.now().plus(config.lifetime()).truncatedTo(ChronoUnit.MILLIS);
        var opening =
                new SessionRepository.Opening(
                        shown.tenant(),
                        Db.newId(),
                        account.id(),
                        secret,
                        account.passwordHash(),
                        expiresAt,
                        secondFactor);
        return sessions.open(opening)
                ? Optional.of(
                        new Opened(
                                secret, opening.id(), expiresAt, account.id(), account.username()))
                : Optional.empty();
    }

    private void count(String outcome) {
        meters.counter("auth.login", "outcome", outcome).increment();
    }

    private static ProblemException refused() {
        return new Problem.Unauthenticated("The user name or the password is wrong.").exception();
    }
}
