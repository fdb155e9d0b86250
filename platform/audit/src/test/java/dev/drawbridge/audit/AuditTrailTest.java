package dev.drawbridge.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.testkit.TestPostgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.sql.SQLException;
import java.time.Duration;

/// What waits for the datastore, and what becomes of a chain that is not there any more.
class AuditTrailTest {
    private static final int STATEMENT = 1 << 20;
    private static TestPostgres postgres;

    private final AuditStore store = new AuditStore(postgres);
    private final AuditTrail trail = AuditTrail.of(store.gateway.chain());

    @BeforeAll
    static void start() {
        postgres = AuditStore.server();
    }

    @AfterAll
    static void stopServer() {
        postgres.close();
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void large_statements_fill_the_queue_before_they_fill_the_memory() {
        int taken = 0;
        while (hasRoom() && taken < 1_000) {
            trail.add(AuditStore.entry("tool:query_database"), STATEMENT);
            taken++;
        }

        assertThat(taken).isBetween(16, 64);
        trail.end();
        assertThat(hasRoom()).isTrue();
        assertThat(recorded()).isEqualTo(taken);
    }

    @Test
    void many_small_ones_fill_it_too() {
        int taken = 0;
        while (hasRoom() && taken < 1_000_000) {
            trail.add(AuditStore.entry("tool:query_database"));
            taken++;
        }

        assertThat(taken).isBetween(10_000, 200_000);
    }

    @Test
    void refusals_leave_room_for_those_who_are_let_in() {
        for (int i = 0; i < 300_000; i++) {
            trail.addRefusal(AuditStore.entry("GET /" + i));
        }

        assertThat(hasRoom()).isTrue();
        trail.add(AuditStore.entry("tool:query_database"), 8 * STATEMENT);
        assertThat(hasRoom()).isTrue();
    }

    @Test
    void refusals_of_too_many_kinds_are_counted_together() {
        for (int i = 0; i < 50_000; i++) {
            trail.addRefusal(AuditStore.entry("GET /" + i));
        }
        trail.end();

        assertThat(recorded()).isBetween(2_000L, 2_100L);
        assertThat(details()).contains("{\"repeated\":47999}");
    }

    @Test
    void a_chain_that_was_begun_in_a_transaction_that_was_undone_begins_again() {
        assertThatThrownBy(() ->
                        store.gateway
                                .db()
                                .transaction(() -> {
                                    store.gateway.chain().record(AuditStore.entry("undone"));
                                    throw new IllegalStateException("undone");
                                }))
                .hasMessage("undone");

        assertThatThrownBy(() -> store.gateway.write("lost"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure ->
                                assertThat(failure.problem())
                                        .isInstanceOf(Problem.DatabaseUnavailable.class));
        assertThat(store.gateway.write("kept").seq()).isEqualTo(1);
        assertThat(store.prove().findings()).isEmpty();
    }

    @Test
    void what_waits_is_written_into_the_chain_that_follows_one_that_is_gone() {
        store.gateway.write("before");
        postgres.run("truncate gateway.audit_chain, gateway.audit_record");

        trail.add(AuditStore.entry("after"));
        trail.end();

        assertThat(recorded()).isEqualTo(1);
    }

    @Test
    void the_end_waits_for_a_datastore_that_is_away_for_a_moment() throws InterruptedException {
        postgres.run("alter table gateway.audit_record rename to away");
        trail.add(AuditStore.entry("last"));

        Thread end = Thread.startVirtualThread(trail::end);

        assertThat(end.join(Duration.ofMillis(300))).isFalse();
        postgres.run("alter table gateway.away rename to audit_record");
        assertThat(end.join(Duration.ofSeconds(5))).isTrue();
        assertThat(recorded()).isEqualTo(1);
    }

    private boolean hasRoom() {
        try {
            trail.requireRoom();
            return true;
        } catch (ProblemException full) {
            return false;
        }
    }

    private static long recorded() {
        return Long.parseLong(one("select count(*) from gateway.audit_record"));
    }

    private static String details() {
        return one("select string_agg(details, ' ') from gateway.audit_record");
    }

    private static String one(String sql) {
        try (var connection = postgres.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
