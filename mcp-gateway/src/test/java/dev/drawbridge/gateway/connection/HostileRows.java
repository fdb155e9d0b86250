package dev.drawbridge.gateway.connection;

import dev.drawbridge.gateway.PgBouncer;
import dev.drawbridge.gateway.pool.PoolFixtures;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.Rls;
import dev.drawbridge.gateway.target.RlsLogin;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.RowContextFixtures;
import dev.drawbridge.gateway.target.RowContexts;
import dev.drawbridge.gateway.target.SigningKey;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.TargetConfig;
import dev.drawbridge.gateway.target.TlsMode;
import dev.drawbridge.gateway.target.wire.TargetFixtures;
import dev.drawbridge.gateway.target.wire.TargetPool;
import dev.drawbridge.gateway.target.wire.Targets;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// A database whose rows belong to two callers, in one mode, over one road; and both of them at
/// once.
final class HostileRows implements AutoCloseable {
    static final UUID CONNECTION = UUID.fromString("0198c0de-0000-7000-8000-000000000001");
    static final SigningKey KEY = SigningKey.random(CONNECTION);

    private static final Map<String, String> LIMITS =
            Map.of("gateway.target.statement-timeout", "3s");

    private final Target target;
    private final PgBouncer bouncer;
    private final Targets targets;
    private final RowContexts contexts;
    private final Map<String, Caller> callers = new TreeMap<>();
    private final Map<String, TargetPool> pools = new TreeMap<>();

    /// @param road `direct`, `session` or `transaction`
    HostileRows(Vertx vertx, int port, Rls.Mode mode, String road) {
        TargetConfig config = TargetFixtures.config(LIMITS);
        this.targets = TargetFixtures.targets(vertx, config);
        this.contexts = RowContextFixtures.contexts(config);
        this.bouncer =
                road.equals("direct")
                        ? null
                        : PgBouncer.start(
                                port,
                                road,
                                Map.of("agent", "agent", "shop_a", "a", "shop_b", "b"),
                                "extra_float_digits");
        var unsigned =
                new Target(
                                CONNECTION,
                                1,
                                "127.0.0.1",
                                bouncer == null ? port : bouncer.port(),
                                "agent",
                                "agent",
                                TlsMode.DISABLE,
                                null,
                                PoolMode.valueOf(road.toUpperCase(Locale.ROOT)),
                                2, // As many as the pooler has, which lets a third wait for two
                                // minutes.
                                rls(mode),
                                null)
                        .with(PoolFixtures.classes(2, Duration.ofSeconds(30)));
        this.target = mode == Rls.Mode.SIGNED ? unsigned.signedBy(KEY) : unsigned;
        for (String name : List.of("a", "b")) {
            callers.put(name, RowContextFixtures.caller(Map.of("tenant", name)));
            pools.put(name, targets.trial(target(name), "postgres"));
        }
        if (mode != Rls.Mode.ROLE) {
            pools.get("b").close();
            pools.put("b", pools.get("a")); // The same sessions for both.
        }
    }

    /// By the letter of the caller that asks.
    Future<String> ask(String name, String sql) {
        return pools.get(name)
                .encoded(
                        contexts.of(callers.get(name), target(name)),
                        new Statement(sql, List.of(), 0, 2_000),
                        new CancelSignal())
                .map(rows -> rows.json() + rows.tsv())
                .recover(failure -> Future.succeededFuture(told(failure)));
    }

    RowContext context(String name) {
        return contexts.of(callers.get(name), target(name));
    }

    Caller caller(String name) {
        return callers.get(name);
    }

    /// A failure is an answer too.
    private static String told(Throwable failure) {
        return failure instanceof ProblemException known
                ? "failed: " + known.problem()
                : "failed: " + failure;
    }

    private Target target(String name) {
        if (target.rls().mode() != Rls.Mode.ROLE) {
            return target;
        }
        String login = target.rls().loginOf(callers.get(name));
        return target.as(target.rls().logins().get(login).username(), login);
    }

    private static Rls rls(Rls.Mode mode) {
        return switch (mode) {
            case CLAIMS -> new Rls(mode, Map.of("app.tenant", "attributes.tenant"), null);
            case SIGNED -> new Rls(mode, Map.of(), null);
            case ROLE ->
                    new Rls(
                            mode,
                            Map.of(),
                            null,
                            "attributes.tenant",
                            Map.of(
                                    "a", new RlsLogin("shop_a", null),
                                    "b", new RlsLogin("shop_b", null)));
            case NONE, BYPASS -> throw new IllegalArgumentException(mode.name());
        };
    }

    @Override
    public void close() {
        pools.values().forEach(TargetPool::close);
        if (bouncer != null) {
            bouncer.close();
        }
    }
}
