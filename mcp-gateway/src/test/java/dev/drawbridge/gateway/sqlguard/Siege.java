package dev.drawbridge.gateway.sqlguard;

import dev.drawbridge.gateway.catalog.CatalogFixtures;
import dev.drawbridge.gateway.catalog.DatabaseCatalog;
import dev.drawbridge.gateway.catalog.GuardRules;
import dev.drawbridge.gateway.pool.PoolFixtures;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.Rls;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.RowContextFixtures;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.TargetConfig;
import dev.drawbridge.gateway.target.TlsMode;
import dev.drawbridge.gateway.target.wire.TargetFixtures;
import dev.drawbridge.gateway.target.wire.TargetPool;
import dev.drawbridge.gateway.target.wire.Targets;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// One login under attack: sends statements as tools do and judges by what they did, never by what
/// was answered about them.
final class Siege implements AutoCloseable {
    private static final int ANSWER_BYTES = 100_000;

    private static final Map<String, String> BOUNDS =
            Map.of(
                    "gateway.target.statement-timeout", "300ms",
                    "gateway.target.lock-timeout", "100ms",
                    "gateway.target.answer-bytes", String.valueOf(ANSWER_BYTES));

    /// The statement's time, the grace behind it, and a slow machine.
    private static final Duration TOO_LONG = Duration.ofSeconds(10);

    /// What somebody without a tenant sees over the same session.
    private static final String NEXT =
            """
            select md5(string_agg(name || '=' || setting, ',' order by name)),
                   current_user::text, session_user::text,
                   coalesce(current_setting('app.stray', true), ''),
                   coalesce(current_setting('app.tenant', true), ''),
                   (select count(*) from shop.account),
                   (select count(*) from pg_prepared_statements where from_sql),
                   (select count(*) from pg_cursors where name <> ''),
                   (select count(*) from pg_listening_channels()),
                   random()::text
              from pg_settings
             where strpos(name, '.') = 0
            """;

    /// Of all roles and servers: the guard knows neither.
    private static final Map<String, Optional<ReadOnlySql>> VERDICTS = new ConcurrentHashMap<>();

    private final AttackedServer server;
    private final String role;
    private final String seeded;
    private final Targets targets;
    private final Target target;
    private final RowContext tenant;
    private final RowContext nobody;
    private final SortedSet<Finding> findings = new TreeSet<>();
    private final DatabaseCatalog catalog;
    private final List<@Nullable Object> healthy;
    private TargetPool pool;
    private AttackedServer.State before;
    private int bystander;
    private int sent;

    /// @param reader the role that the login takes on; null for none
    Siege(Vertx vertx, AttackedServer server, String role, @Nullable String reader)
            throws SQLException, IOException {
        this.server = server;
        this.role = role;
        this.seeded = server.seeded();
        var rls = new Rls(Rls.Mode.CLAIMS, Map.of("app.tenant", "attributes.tenant"), reader);
        this.target =
                new Target(
                                UUID.randomUUID(),
                                1,
                                "127.0.0.1",
                                server.port(),
                                role,
                                role,
                                TlsMode.DISABLE,
                                null,
                                PoolMode.DIRECT,
                                1,
                                rls,
                                null)
                        .with(PoolFixtures.classes(1, Duration.ofSeconds(5)));
        TargetConfig config = TargetFixtures.config(BOUNDS);
        this.targets = TargetFixtures.targets(vertx, config);
        this.pool = open();
        this.tenant = RowContextFixtures.claims(config, rls, Map.of("tenant", "a"));
        this.nobody = RowContextFixtures.claims(config, rls, Map.of());
        this.catalog = CatalogFixtures.await(CatalogFixtures.read(pool, nobody, GuardRules.NONE));
        this.healthy = next();
        this.bystander = server.bystander(role);
        this.before = server.state();
    }

    private TargetPool open() {
        return targets.trial(target, "postgres");
    }

    SortedSet<Finding> findings() {
        return findings;
    }

    int sent() {
        return sent;
    }

    /// An attack in all its disguises, by every road that takes it.
    void send(Attack attack) throws SQLException, IOException {
        Attack aimed = aimed(attack);
        for (String text : Disguises.of(aimed)) {
            sent++;
            guarded(aimed, text);
        }
        judgeSession(attack);
    }

    /// A text without a disguise; what it did to the session is for [#judgeSession].
    ///
    /// @return whether it was let through
    boolean sendAsItIs(Attack attack) throws SQLException, IOException {
        sent++;
        ReadOnlySql sql = verdict(attack.text()).orElse(null);
        return sql != null && judgedByAllRoads(attack, sql);
    }

    /// The same by the road of the tools, but with nobody at the gate.
    ///
    /// @param effect that it should have, perhaps a moment later
    void sendUnguarded(Attack attack, String effect) throws SQLException, IOException {
        Attack aimed = aimed(attack);
        fly(aimed, new Statement(aimed.plain(), aimed.values(), 0, 100));
        judgeSession(attack);
        for (int i = 0; i < 200 && !findings.contains(new Finding(attack.id(), effect)); i++) {
            judgeServer(attack);
        }
    }

    private Attack aimed(Attack attack) {
        return attack.with("${bystander}", String.valueOf(bystander))
                .with("${file}", server.file().toString());
    }

    private void guarded(Attack attack, String text) throws SQLException, IOException {
        ReadOnlySql sql = VERDICTS.computeIfAbsent(text, Siege::verdict).orElse(null);
        if (sql == null) {
            return;
        }
        if (text.equals(attack.plain()) && !attack.isHeavy()) {
            judgedByAllRoads(attack, sql);
        } else {
            judged(attack, sql, new Statement(sql.text(), attack.values(), 0, 100));
        }
    }

    /// As a first page, as a later one, and explained.
    private boolean judgedByAllRoads(Attack attack, ReadOnlySql sql)
            throws SQLException, IOException {
        boolean passed = judged(attack, sql, new Statement(sql.text(), attack.values(), 0, 100));
        if (sql.pageable()) {
            judged(attack, sql, new Statement(sql.text(), attack.values(), 1, 100));
            String explain = "explain (analyze, buffers) ";
            judged(
                    attack,
                    sql.measuredQuery(),
                    new Statement(
                            explain + sql.text(), attack.values(), 0, 2_000, explain.length()));
        }
        return passed;
    }

    /// Sends it, when the catalog lets it through.
    private boolean judged(Attack attack, ReadOnlySql sql, Statement statement)
            throws SQLException, IOException {
        try {
            catalog.check(sql);
        } catch (ProblemException refused) {
            judgeAnswer(attack, refused.problem().toString());
            return false;
        }
        fly(attack, statement);
        return true;
    }

    private static Optional<ReadOnlySql> verdict(String text) {
        try {
            return Optional.of(ReadOnlySql.parse(text));
        } catch (ProblemException refused) {
            return Optional.empty();
        }
    }

    private void fly(Attack attack, Statement statement) throws SQLException, IOException {
        long begun = System.nanoTime();
        boolean cut = false;
        try {
            EncodedRows rows =
                    CatalogFixtures.await(pool.encoded(tenant, statement, new CancelSignal()));
            cut = rows.cut();
            judgeAnswer(attack, rows.json() + rows.tsv());
            if (rows.json().length() + rows.tsv().length() > 4 * ANSWER_BYTES) {
                found(attack, "bytes");
            }
        } catch (CompletionException failure) {
            judgeAnswer(attack, AttackAnswer.of(failure));
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        if (took.compareTo(TOO_LONG) > 0) {
            found(attack, "time");
        }
        if (cut) {
            settle(); // The server notices that we hung up when it writes.
        }
        judgeServer(attack);
    }

    private void judgeAnswer(Attack attack, String answer) {
        AttackAnswer.effects(attack, answer).forEach(effect -> found(attack, effect));
    }

    private void judgeServer(Attack attack) throws SQLException, IOException {
        AttackedServer.State after = server.state();
        List<String> effects = AttackedServer.effects(before, after);
        effects.forEach(effect -> found(attack, effect));
        if (effects.contains("other session")) {
            server.alone();
            bystander = server.bystander(role);
        }
        if (!effects.isEmpty()) {
            next(); // Frees what the session holds.
            before = server.state();
        } else {
            before = after;
        }
    }

    /// What the next caller of the session finds.
    void judgeSession(Attack attack) {
        List<@Nullable Object> now = next();
        if (!settings(now).equals(settings(healthy)) || now.contains(seeded)) {
            found(attack, "session");
            pool.close();
            pool = open();
        }
    }

    private void found(Attack attack, String effect) {
        findings.add(new Finding(attack.id(), effect));
    }

    /// All but the random number.
    private static List<@Nullable Object> settings(List<@Nullable Object> answer) {
        return answer.subList(0, answer.size() - 1);
    }

    private List<@Nullable Object> next() {
        return CatalogFixtures.await(pool.values(nobody, Statement.own(NEXT), new CancelSignal()))
                .getFirst();
    }

    private void settle() throws SQLException, IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (System.nanoTime() < end
                && !AttackedServer.effects(before, server.state()).isEmpty()) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        pool.close();
        server.alone();
    }
}
