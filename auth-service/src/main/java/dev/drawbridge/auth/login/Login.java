package dev.drawbridge.auth.login;

import dev.drawbridge.auth.attempt.Attempt;
import dev.drawbridge.auth.attempt.Attempts;
import dev.drawbridge.auth.attempt.Method;
import dev.drawbridge.auth.name.Name;
import dev.drawbridge.auth.network.Client;
import dev.drawbridge.auth.password.Password;
import dev.drawbridge.auth.password.PasswordHashes;
import dev.drawbridge.auth.session.Sessions;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.micrometer.core.instrument.MeterRegistry;

import jakarta.inject.Singleton;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// A user name and a password become a session. Whether the user is unknown or disabled or the
/// password wrong: the same work is done and the same words are said.
///
/// Every attempt is counted before and after the password is checked ([Attempts]). A second factor
/// belongs between the check and the session; the record of the attempt where the outcome is
/// counted.
@Singleton
final class Login {
    // As the table has it. Other texts, some of which PostgreSQL cannot read, name no tenant.
    private static final Pattern TENANT = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private final LoginRepository accounts;
    private final PasswordHashes passwords;
    private final Sessions sessions;
    private final Attempts attempts;
    private final MeterRegistry meters;

    Login(
            LoginRepository accounts,
            PasswordHashes passwords,
            Sessions sessions,
            Attempts attempts,
            MeterRegistry meters) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.sessions = sessions;
        this.attempts = attempts;
        this.meters = meters;
    }

    /// A session that has begun.
    record Opened(Sessions.Opened session, UUID user, String username) {}

    /// @throws dev.drawbridge.problem.ProblemException `AUTHENTICATION_ERROR`, `RATE_LIMITED` when
    ///   the address or the account tried too often, or `OVERLOADED` when too many passwords wait
    ///   to be checked
    Opened open(String tenant, String username, String password, Client client) {
        try {
            Optional<Name> name = Name.find(username);
            // What can be nobody's name is counted as it was typed.
            String counted = name.map(Name::key).orElse(username);
            var attempt = new Attempt(Method.PASSWORD, client.address(), tenant, counted);
            attempts.begin(attempt);
            Optional<LoginRepository.Account> known =
                    Password.attempt(password).flatMap(shown -> check(tenant, name, shown));
            if (known.isPresent()) {
                attempts.succeeded(attempt);
            } else {
                attempts.failed(attempt);
            }
            Opened opened =
                    known.flatMap(account -> begin(tenant, account, client))
                            .orElseThrow(Login::refused);
            count("success");
            return opened;
        } catch (ProblemException refused) {
            count(refused.problem().code());
            throw refused;
        }
    }

    private Optional<LoginRepository.Account> check(
            String tenant, Optional<Name> name, Password shown) {
        Optional<LoginRepository.Account> account =
                name.filter(_ -> TENANT.matcher(tenant).matches())
                        .flatMap(known -> accounts.find(tenant, known.key()));
        boolean matches =
                passwords.matches(shown, account.map(LoginRepository.Account::passwordHash));
        return matches ? account : Optional.empty();
    }

    private Optional<Opened> begin(String tenant, LoginRepository.Account account, Client client) {
        return sessions.open(
                        new Sessions.Start(tenant, account.id(), account.passwordHash(), client))
                .map(session -> new Opened(session, account.id(), account.username()));
    }

    private void count(String outcome) {
        meters.counter("auth.login", "outcome", outcome).increment();
    }

    private static ProblemException refused() {
        return new Problem.Unauthenticated("The user name or the password is wrong.").exception();
    }
}
