package dev.drawbridge.auth.login;

import dev.drawbridge.auth.attempt.Attempt;
import dev.drawbridge.auth.attempt.Attempts;
import dev.drawbridge.auth.attempt.Method;
import dev.drawbridge.auth.name.Name;
import dev.drawbridge.auth.name.Tenant;
import dev.drawbridge.auth.password.Password;
import dev.drawbridge.auth.password.PasswordHashes;
import dev.drawbridge.auth.secondfactor.SecondFactors;
import dev.drawbridge.auth.session.Sessions;
import dev.drawbridge.identity.network.Client;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.micrometer.core.instrument.MeterRegistry;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.UUID;

/// A user name and a password become a session. Whether the user is unknown or disabled or the
/// password wrong: the same work is done and the same words are said.
///
/// Every attempt is counted before and after the password is checked ([Attempts]); codes of a
/// second factor have a limit of their own.
@Singleton
final class Login {
    private final LoginRepository accounts;
    private final PasswordHashes passwords;
    private final SecondFactors factors;
    private final Sessions sessions;
    private final Attempts attempts;
    private final MeterRegistry meters;
    private final SignIns signIns;

    Login(
            LoginRepository accounts,
            PasswordHashes passwords,
            SecondFactors factors,
            Sessions sessions,
            Attempts attempts,
            MeterRegistry meters,
            SignIns signIns) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.factors = factors;
        this.sessions = sessions;
        this.attempts = attempts;
        this.meters = meters;
        this.signIns = signIns;
    }

    /// A session that has begun.
    record Opened(Sessions.Opened session, UUID user, String username) {}

    /// What someone shows to sign in.
    ///
    /// @param otp a code of the second factor, or a recovery code; null when none was sent
    record Shown(String tenant, String username, String password, @Nullable String otp) {}

    /// @throws dev.drawbridge.problem.ProblemException `AUTHENTICATION_ERROR`,
    ///   `SECOND_FACTOR_REQUIRED` after a right password only, `RATE_LIMITED` when the address or
    ///   the account tried too often, or `OVERLOADED` when too many passwords wait to be checked
    Opened open(Shown shown, Client client) {
        UUID user = null;
        try {
            LoginRepository.Account account = prove(shown, client).orElseThrow(Login::refused);
            user = account.id();
            Opened opened = begin(shown, account, client).orElseThrow(Login::refused);
            count("success");
            return opened;
        } catch (ProblemException refused) {
            signIns.refused(shown, user, client, refused.problem());
            count(refused.problem().code());
            throw refused;
        }
    }

    /// Whose the name and the password are; empty when they do not belong together.
    private Optional<LoginRepository.Account> prove(Shown shown, Client client) {
        var attempt =
                new Attempt(Method.PASSWORD, client.address(), shown.tenant(), shown.username());
        attempts.begin(attempt);
        Optional<LoginRepository.Account> known = check(shown);
        if (known.isPresent()) {
            attempts.succeeded(attempt);
        } else {
            attempts.failed(attempt);
        }
        return known;
    }

    private Optional<LoginRepository.Account> check(Shown shown) {
        Optional<LoginRepository.Account> account =
                Name.find(shown.username())
                        .filter(_ -> Tenant.isName(shown.tenant()))
                        .flatMap(known -> accounts.find(shown.tenant(), known.key()));
        return Password.attempt(shown.password())
                .filter(password ->
                        passwords.matches(
                                password, account.map(LoginRepository.Account::passwordHash)))
                .flatMap(_ -> account);
    }

    private Optional<Opened> begin(Shown shown, LoginRepository.Account account, Client client) {
        boolean secondFactor = factors.check(shown.tenant(), account.id(), shown.otp());
        var start =
                new Sessions.Start(
                        shown.tenant(), account.id(), account.passwordHash(), secondFactor, client);
        return sessions.open(start)
                .map(session -> new Opened(session, account.id(), account.username()));
    }

    private void count(String outcome) {
        meters.counter("auth.login", "outcome", outcome).increment();
    }

    private static ProblemException refused() {
        return new Problem.Unauthenticated("The user name or the password is wrong.").exception();
    }
}
