package dev.drawbridge.gateway.sqlguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testkit.TestPostgres;

import io.vertx.core.Vertx;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.Executors;

/// What is known to do more than read, in all disguises, against real servers: whatever is
/// answered, nothing may have happened.
class AttackCorpusTest {
    private static final String NEWEST = "newest";

    private static Vertx vertx;
    private static List<Attack> attacks;

    @BeforeAll
    static void read() throws IOException {
        vertx = Vertx.vertx();
        attacks = Attack.all();
    }

    @AfterAll
    static void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /// On both at once: each waits for its server most of the time.
    @Test
    void nothing_escapes_but_what_is_known_to() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var newest = threads.submit(() -> besiege(NEWEST));
            var oldest = threads.submit(() -> besiege("oldest"));
            for (var found : List.of(newest.get(), oldest.get())) {
                for (String role : found.keySet()) {
                    assertThat(found.get(role)).containsExactlyElementsOf(KnownEscapes.of(role));
                }
            }
        }
    }

    private static Map<String, SortedSet<Finding>> besiege(String version) throws Exception {
        try (var server = new AttackedServer(postgres(version))) {
            SortedSet<Finding> agent;
            SortedSet<Finding> careless;
            int sent;
            try (var siege = new Siege(vertx, server, "agent", "tenant_reader")) {
                agent = sendAll(siege);
                sent = siege.sent();
            }
            try (var siege = new Siege(vertx, server, "careless", null)) {
                careless = sendAll(siege);
            }
            System.out.printf(
                    "attack corpus: %d attacks as 2 roles on PostgreSQL %s: %d escapes,"
                            + " %d numbers of rows that PostgreSQL tells everybody%n",
                    sent,
                    server.version(),
                    escapes(agent) + escapes(careless),
                    agent.size() + careless.size() - escapes(agent) - escapes(careless));
            return Map.of("agent", agent, "careless", careless);
        }
    }

    private static long escapes(SortedSet<Finding> findings) {
        return findings.stream()
                .filter(finding -> !finding.effect().equals("count of all rows"))
                .count();
    }

    private static SortedSet<Finding> sendAll(Siege siege) throws SQLException, IOException {
        for (Attack attack : attacks) {
            siege.send(attack);
        }
        return siege.findings();
    }

    @Test
    void what_only_the_guard_keeps_out_is_seen_without_it() throws Exception {
        try (var server = new AttackedServer(postgres(NEWEST));
                var siege = new Siege(vertx, server, "careless", null)) {
            for (Attack attack : attacks) {
                String effect = attack.effect();
                if (effect != null) {
                    siege.sendUnguarded(attack, effect);

                    assertThat(siege.findings()).contains(new Finding(attack.id(), effect));
                }
            }
        }
    }

    @Test
    void every_effect_on_the_server_is_seen() throws Exception {
        Map<String, String> hands = new LinkedHashMap<>();
        hands.put("rows", "update shop.account set secret = secret where id = 1");
        hands.put("catalog", "create table shop.left_behind ()");
        hands.put("sequence", "select nextval('shop.ticket')");
        hands.put("large object", "select lo_create(0)");
        hands.put("message", "notify drawbridge_listener");
        try (var server = new AttackedServer(postgres(NEWEST))) {
            hands.put("file", "copy (select 1) to '" + server.file() + "'");
            for (var hand : hands.entrySet()) {
                var before = server.state();
                server.run(hand.getValue());

                // A message is under way for a moment.
                Awaitility.await()
                        .untilAsserted(() ->
                                assertThat(AttackedServer.effects(before, server.state()))
                                        .contains(hand.getKey()));
            }
        }
    }

    private static TestPostgres postgres(String version) {
        return version.equals(NEWEST)
                ? TestPostgres.start()
                : TestPostgres.start(Path.of("target/postgres-oldest"));
    }
}
