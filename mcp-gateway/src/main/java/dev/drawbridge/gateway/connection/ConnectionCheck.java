package dev.drawbridge.gateway.connection;

import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.NetworkPolicy;
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
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// Tries a connection with the login that agents would use, and judges that login: READ ONLY holds
/// back nobody who can read the server's files or run its programs.
@Singleton
final class ConnectionCheck {
    private static final String LOGIN =
            """
            select current_setting('server_version'),
                   r.rolsuper,
                   r.rolbypassrls,
                   r.rolreplication,
                   r.rolcreaterole,
                   array(select g.rolname::text
                           from pg_catalog.pg_roles g
                          where g.rolname in ('pg_read_server_files', 'pg_write_server_files',
                                              'pg_execute_server_program', 'pg_signal_backend')
                            and pg_has_role(r.oid, g.oid, 'member')
                          order by 1),
                   exists (select 1
                             from pg_catalog.pg_roles g
                            where g.rolname = 'pg_read_all_data'
                              and pg_has_role(r.oid, g.oid, 'member')),
                   (select count(*)
                      from pg_catalog.pg_class c
                      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                     where c.relowner = r.oid
                       and c.relkind in ('r', 'p', 'v', 'm')
                       and n.nspname not like 'pg\\_%'
                       and n.nspname <> 'information_schema')
              from pg_catalog.pg_roles r
             where r.rolname = current_user
            """;

    private final NetworkPolicy network;
    private final Targets targets;
    private final RowContexts contexts;

    ConnectionCheck(NetworkPolicy network, Targets targets, RowContexts contexts) {
        this.network = network;
        this.targets = targets;
        this.contexts = contexts;
    }

    /// What a check found.
    ///
    /// @param latencyMs of one guarded transaction, the session being open
    public record Outcome(
            boolean ok, double latencyMs, String serverVersion, List<String> warnings) {}

    /// Connects and judges. Waits: call it on a virtual thread.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` when the host may not be
    ///   reached or the login may do too much, `DATABASE_UNAVAILABLE` when it cannot be used
    Outcome check(Caller caller, Target target, String database) {
        network.resolve(target.host());
        TargetPool pool = targets.trial(target, database);
        try {
            var who = contexts.of(caller, target.rls(), target.mode());
            var login = await(pool.values(who, Statement.own(LOGIN), new CancelSignal()));
            long started = System.nanoTime();
            await(pool.values(who, Statement.own("select 1"), new CancelSignal()));
            double latencyMs = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - started) / 1_000.0;
            return judge(login.getFirst(), latencyMs);
        } finally {
            pool.close();
        }
    }

    /// Names of the databases that the login may connect to. Waits.
    List<String> databases(Caller caller, Target target, String database) {
        var who = contexts.of(caller, target.rls(), target.mode());
        return await(
                        targets.pool(target, database)
                                .values(
                                        who,
                                        Statement.own(
                                                """
                                                select datname::text
                                                  from pg_catalog.pg_database
                                                 where datallowconn
                                                   and not datistemplate
                                                   and has_database_privilege(oid, 'connect')
                                                 order by datname
                                                """),
                                        new CancelSignal()))
                .stream()
                .map(row -> String.valueOf(row.getFirst()))
                .toList();
    }

    private static Outcome judge(List<@Nullable Object> login, double latencyMs) {
        List<String> refusals = new ArrayList<>();
        refuse(refusals, login.get(1), "is a superuser");
        refuse(refusals, login.get(2), "bypasses row-level security");
        refuse(refusals, login.get(3), "may replicate");
        refuse(refusals, login.get(4), "may create roles");
        if (login.get(5) instanceof List<?> roles) {
            for (Object role : roles) {
                refusals.add("is a member of " + role);
            }
        }
        if (!refusals.isEmpty()) {
            throw new Problem.Invalid(
                            "username",
                            "this login is not for agents: it "
                                    + String.join(", it ", refusals)
                                    + ". Use one that may only read what agents should see")
                    .exception();
        }
        List<String> warnings = new ArrayList<>();
        if (Boolean.TRUE.equals(login.get(6))) {
            warnings.add("The login is a member of pg_read_all_data: it reads every table.");
        }
        if (login.get(7) instanceof Long owned && owned > 0) {
            warnings.add(
                    "The login owns "
                            + owned
                            + " tables or views: row-level security does not bind an owner.");
        }
        return new Outcome(true, latencyMs, String.valueOf(login.get(0)), warnings);
    }

    private static void refuse(List<String> refusals, @Nullable Object has, String what) {
        if (Boolean.TRUE.equals(has)) {
            refusals.add(what);
        }
    }

    private static <T> T await(io.vertx.core.Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof ProblemException known) {
                throw known;
            }
            throw failure;
        }
    }
}
