package dev.drawbridge.gateway.login;

import dev.drawbridge.gateway.rate.Rate;
import dev.drawbridge.gateway.rate.RateBuckets;
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
    private final RateBuckets<LoginKey> byLogin = new RateBuckets<>();
    private final RateBuckets<String> byAddress = new RateBuckets<>();
    private final Rate perLogin;
    private final Rate perAddress;

    private record LoginKey(@Nullable UUID connection, String login) {
        static LoginKey of(BasicCredential credential) {
            return new LoginKey(credential.connection(), credential.login());
        }
    }

    LoginAttempts(LoginConfig config) {
        this.perLogin = new Rate(config.attemptsPerLogin(), config.window());
        this.perAddress = new Rate(config.attemptsPerAddress(), config.window());
    }

    /// Counts one.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `RATE_LIMITED`
    void spend(BasicCredential credential, ClientAddress address) {
        String network = address.bucket();
        require(byAddress.spend(network, perAddress));
        Duration wait = byLogin.spend(LoginKey.of(credential), perLogin);
        if (!wait.isZero()) {
            byAddress.refund(network, perAddress);
        }
        require(wait);
    }

    /// Takes one back: the login was right, or was not judged at all.
    void refund(BasicCredential credential, ClientAddress address) {
        byAddress.refund(address.bucket(), perAddress);
        byLogin.refund(LoginKey.of(credential), perLogin);
    }

    private static void require(Duration wait) {
        if (!wait.isZero()) {
            throw new Problem.RateLimited(wait).exception();
        }
    }
}
