package dev.drawbridge.gateway.login;

import dev.drawbridge.problem.Problem;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/// Counts attempts for each login and for each address before a database is asked, whether or not
/// there is such a login or connection.
@Singleton
final class LoginAttempts {
    /// What one holder of IPv6 addresses is given at least (RFC 6177).
    private static final int PREFIX_BYTES = 8;

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
    /// @param address numeric
    /// @throws dev.drawbridge.problem.ProblemException `RATE_LIMITED`
    void spend(BasicCredential credential, String address) {
        String network = network(address);
        require(byAddress.spend(network));
        Duration wait = byLogin.spend(LoginKey.of(credential));
        if (!wait.isZero()) {
            byAddress.refund(network);
        }
        require(wait);
    }

    /// Takes one back: the login was right, or was not judged at all.
    void refund(BasicCredential credential, String address) {
        byAddress.refund(network(address));
        byLogin.refund(LoginKey.of(credential));
    }

    private static void require(Duration wait) {
        if (!wait.isZero()) {
            throw new Problem.RateLimited(Duration.ofSeconds(1 + wait.toSeconds())).exception();
        }
    }

    static String network(String address) {
        byte[] bytes = InetAddress.ofLiteral(address).getAddress();
        return HexFormat.of()
                .formatHex(bytes.length > 4 ? Arrays.copyOf(bytes, PREFIX_BYTES) : bytes);
    }
}
