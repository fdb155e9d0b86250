package dev.drawbridge.gateway.login;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.gateway.audit.GatewayAction;
import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.network.ClientAddress;
import dev.drawbridge.problem.Problem;

import io.micrometer.core.instrument.MeterRegistry;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/// Counts and records what came of logins that were not remembered. A login is named only where the
/// database found its password right: before that the name is a text of anybody's, which may be a
/// password in the wrong place.
@Singleton
final class LoginOutcomes {
    private final Audit audit;
    private final MeterRegistry meters;

    LoginOutcomes(Audit audit, MeterRegistry meters) {
        this.audit = audit;
        this.meters = meters;
    }

    /// Passes when a sign-in that follows can be recorded.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `OVERLOADED`
    void requireRoom() {
        audit.requireRoom();
    }

    /// The login was right and may sign in.
    void right(Caller caller, Connection connection, ClientAddress address) {
        count("OK");
        audit.recordBehind(act(caller, connection).from(address.text()));
    }

    /// The login was right and may not.
    void forbidden(Caller caller, Connection connection, ClientAddress address, Problem why) {
        count(why.code());
        audit.recordBehind(act(caller, connection).from(address.text()).refused(why));
    }

    /// All that was not found right.
    ///
    /// @param connection null where none takes logins by that name
    void refused(@Nullable Connection connection, ClientAddress address, Problem why) {
        count(why.code());
        audit.recordBehind(
                Act.byStranger(
                                connection == null ? null : connection.tenant(),
                                GatewayAction.CONNECTION_SIGN_IN,
                                connection == null ? null : "connection:" + connection.id())
                        .from(address.text())
                        .refused(why));
    }

    private static Act act(Caller caller, Connection connection) {
        return Act.by(caller, GatewayAction.CONNECTION_SIGN_IN, "connection:" + connection.id());
    }

    private void count(String outcome) {
        meters.counter("gateway.login", "outcome", outcome.toLowerCase(Locale.ROOT)).increment();
    }
}
