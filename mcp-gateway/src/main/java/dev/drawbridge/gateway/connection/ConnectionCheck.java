package dev.drawbridge.gateway.connection;

import dev.drawbridge.gateway.catalog.Catalogs;
import dev.drawbridge.gateway.target.Bounds;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.Endpoint;
import dev.drawbridge.gateway.target.NetworkPolicy;
import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.RowContexts;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.wire.TargetPool;
import dev.drawbridge.gateway.target.wire.Targets;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// Tries a connection with the logins that agents would use, and judges them.
@Singleton
final class ConnectionCheck {
    private static final String USERNAME = "username";
    private static final String LOGINS = "rls.logins.";

    /// Supavisor's default, the smaller one.
    private static final int USUAL_SESSIONS = 15;

    private static final String SESSIONS =
            "A session pooler lets whoever comes when all of its sessions are taken wait for"
                    + " minutes: maxConnections must not be more than it has for this login.";

    private static final String SIGNED_IN = "select session_user::text";

    private final NetworkPolicy network;
    private final Targets targets;
    private final StoredTargets stored;
    private final DatabaseNames names;
    private final RowContexts contexts;
    private final RlsCheck rls;
    private final Catalogs catalogs;

    ConnectionCheck(
            NetworkPolicy network,
            Targets targets,
            StoredTargets stored,
            DatabaseNames names,
            RowContexts contexts,
            RlsCheck rls,
            Catalogs catalogs) {
        this.network = network;
        this.targets = targets;
        this.stored = stored;
        this.names = names;
        this.contexts = contexts;
        this.rls = rls;
        this.catalogs = catalogs;
    }

    /// What a check found.
    ///
    /// @param latencyMs of one guarded transaction, the session being open
    /// @param rls what holds there
    public record Outcome(
            boolean ok,
            double latencyMs,
            String serverVersion,
            List<String> warnings,
            RlsReport rls) {}

    /// What one login is worth.
    record Tried(double latencyMs, String serverVersion, List<String> warnings) {}

    /// Connects and judges, and tries whether the database goes by who asks. Waits, as [#check].
    Outcome test(Caller caller, Connection connection) {
        Map<String, Tried> tried = check(caller, connection);
        Tried own = Objects.requireNonNull(tried.get(USERNAME));
        List<String> warnings = new ArrayList<>();
        tried.forEach((field, login) ->
                login.warnings()
                        .forEach(warning ->
                                warnings.add(
                                        field.equals(USERNAME)
                                                ? warning
                                                : field + ": " + warning)));
        if (connection.mode() == PoolMode.SESSION && connection.maxConnections() > USUAL_SESSIONS) {
            warnings.add(SESSIONS);
        }
        return new Outcome(
                true,
                own.latencyMs(),
                own.serverVersion(),
                warnings,
                rls.report(caller, connection));
    }

    /// Connects and judges each login. Waits: call it on a virtual thread.
    ///
    /// @return by the field that names the login
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` when the host may not be
    ///   reached or a login may do too much, `DATABASE_UNAVAILABLE` when it cannot be used
    Map<String, Tried> check(Caller caller, Connection connection) {
        Pem.requireCertificates("tlsCaCertificate", connection.tlsCaCertificate());
        Pem.requireCertificates("tlsClientCertificate", connection.tlsClientCertificate());
        for (Endpoint endpoint : connection.allEndpoints()) {
            network.resolve(endpoint.host(), connection.tlsMode());
        }
        Map<String, Tried> tried = new LinkedHashMap<>();
        Target own = stored.open(connection);
        Endpoint first = connection.endpoint();
        tried.put(USERNAME, judge(caller, own.at(first), connection, USERNAME));
        stored.openLogins(connection)
                .forEach((name, target) -> {
                    String field = LOGINS + name;
                    tried.put(field, judgeLogin(caller, target.at(first), connection, field));
                });
        for (Endpoint endpoint : connection.endpoints()) {
            String field = "endpoints." + endpoint.host() + ":" + endpoint.port();
            tried.put(field, judgeElsewhere(caller, own.at(endpoint), connection, field));
        }
        return tried;
    }

    /// One that stands by may be down now.
    private Tried judgeElsewhere(
            Caller caller, Target target, Connection connection, String field) {
        try {
            return judge(caller, target, connection, field);
        } catch (ProblemException failed) {
            if (failed.problem() instanceof Problem.DatabaseUnavailable unavailable) {
                return new Tried(0, "", List.of("cannot be used now: " + unavailable.reason()));
            }
            throw failed;
        }
    }

    /// Names of the databases that the login may connect to. Waits.
    List<String> databases(Caller caller, Target target, String database) {
        return Waiting.on(names.of(target, database, contexts.of(caller, target)));
    }

    private Tried judge(Caller caller, Target target, Connection connection, String field) {
        TargetPool pool = targets.trial(target, connection.database());
        try {
            var who = contexts.of(caller, target);
            if (target.keepsSettings()) {
                requireSettings(ask(pool, who, Bounds.question()));
            }
            var login = LoginJudgement.of(ask(pool, who, LoginJudgement.question()), target.rls());
            long started = System.nanoTime();
            Object signedIn = ask(pool, who, Statement.own(SIGNED_IN)).getFirst().getFirst();
            double latencyMs = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - started) / 1_000.0;
            requireFit(login, field);
            if (field.startsWith(LOGINS) && !target.username().equals(signedIn)) {
                throw new Problem.Invalid(
                                field + ".username",
                                "is "
                                        + signedIn
                                        + " to the server: something before it signs in"
                                        + " as somebody else")
                        .exception();
            }
            List<String> warnings = new ArrayList<>(login.warnings());
            warnings.addAll(Waiting.on(catalogs.trial(pool, who, connection.guard())).warnings());
            return new Tried(latencyMs, login.serverVersion(), warnings);
        } finally {
            pool.close();
        }
    }

    /// Says which login it was that cannot be used.
    private Tried judgeLogin(Caller caller, Target target, Connection connection, String field) {
        try {
            return judge(caller, target, connection, field);
        } catch (ProblemException failed) {
            throw failed.problem() instanceof Problem.DatabaseUnavailable unavailable
                    ? new Problem.DatabaseUnavailable(field + ": " + unavailable.reason())
                            .exception(failed)
                    : failed;
        }
    }

    private static List<List<@Nullable Object>> ask(
            TargetPool pool, RowContext who, Statement question) {
        return Waiting.on(pool.values(who, question, new CancelSignal()));
    }

    /// Without them nothing would bound what agents run.
    private static void requireSettings(List<List<@Nullable Object>> answer) {
        if (!Boolean.TRUE.equals(answer.getFirst().getFirst())) {
            throw new Problem.Invalid(
                            "mode",
                            "is direct, but something before the server drops what sessions are"
                                    + " started with: it must be session or transaction")
                    .exception();
        }
    }

    private static void requireFit(LoginJudgement login, String field) {
        if (!login.excesses().isEmpty()) {
            throw new Problem.Invalid(
                            field,
                            "this login is not for agents: it "
                                    + login.excess()
                                    + ". Use one that may only read what agents should see")
                    .exception();
        }
    }
}
