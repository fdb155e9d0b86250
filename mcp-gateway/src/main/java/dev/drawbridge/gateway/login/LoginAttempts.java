package dev.drawbridge.gateway.login;

import dev.drawbridge.identity.network.ClientAddress;
import dev.drawbridge.problem.Problem;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.UUID;

/// Counts attempts for each login and for each address before a database is asked, whether or not
/// there is such a login or connection.
@Singleton
final class LoginAttempts {
    private final AttemptLimit<LoginKey> byLogin;
    private final AttemptLimit<String> byAddress;

    private record LoginKey(@Nullable UUID connection, String login) {
        static LoginKey of(BasicCredential credential) {
            return new LoginKey(credential.connection(), credential.login());
        }
    }

    LoginAttempts(LoginConfig config) {
        this.byLogin = new AttemptLimit<>(config.attemptsPerLogin(), config.window());
        this.byAddress = new AttemptLimit<>(config.attemptsPerAddress(), config.window());
    }

    /// Counts one.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `RATE_LIMITED`
    void spend(BasicCredential credential, ClientAddress address) {
        String network = address.bucket();
        require(byAddress.spend(network));
        Duration wait = byLogin.spend(LoginKey.of(credential));
        if (!wait.isZero()) {
            byAddress.refund(network);
        }
        require(wait);
    }

    /// Takes one back: the login was right, or was not judged at all.
    void refund(BasicCredential credential, ClientAddress address) {
        byAddress.refund(address.bucket());
        byLogin.refund(LoginKey.of(credential));
    }

    private static void require(Duration wait) {
        if (!wait.isZero()) {
            throw new Problem.RateLimited(Duration.ofSeconds(1 + wait.toSeconds())).exception();
        }
    }
}
