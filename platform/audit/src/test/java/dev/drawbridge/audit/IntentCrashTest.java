package dev.drawbridge.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.testkit.TestPostgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What is recorded before it runs is there, whatever becomes of who recorded it.
class IntentCrashTest {
    private static TestPostgres postgres;

    private final AuditStore store = new AuditStore(postgres);

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
    void an_intent_survives_the_kill_of_its_process_and_is_named_as_unfinished()
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                IntentThenNothing.class.getName(),
                                Integer.toString(postgres.port()),
                                AuditStore.keyFile('A').toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.lines().filter(line -> line.startsWith("recorded")).findFirst())
                    .contains("recorded gateway/1/1");
        } finally {
            process.destroyForcibly().waitFor();
        }

        AuditReport report = store.prove();

        assertThat(report.findings()).isEmpty();
        assertThat(report.unfinished()).containsExactly("gateway/1/1");
    }

    @Test
    void an_intent_with_an_outcome_is_finished() {
        var trail = AuditTrail.of(store.gateway.chain());
        AuditChain.Place intent =
                trail.addNow(AuditStore.pending("tool:write"), Duration.ofSeconds(10)).join();
        trail.add(AuditStore.entry("tool:write").with("{\"intent\":\"" + intent + "\"}"));
        trail.end();

        assertThat(store.prove().unfinished()).isEmpty();
        assertThat(store.prove().records()).isEqualTo(2);
    }

    @Test
    void what_cannot_be_recorded_in_time_does_not_run() throws Exception {
        store.gateway.write("tool:first");
        var trail = AuditTrail.of(store.gateway.chain());
        try (var connection = store.postgres.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table gateway.audit_record in access exclusive mode");

            assertThatThrownBy(() ->
                            trail.addNow(AuditStore.pending("tool:w"), Duration.ofMillis(200))
                                    .join())
                    .hasCauseInstanceOf(ProblemException.class);
            connection.rollback();
        }
    }

    @Test
    void a_record_that_postgresql_could_not_keep_holds_nothing_up() {
        var trail = AuditTrail.of(store.gateway.chain());
        trail.add(
                Entry.now(
                                new Context(
                                        "a\0", null, null, null, null, "b\0", null, "c\0", "d\0"),
                                "thing.do",
                                "e\0\ud800",
                                Entry.OK,
                                AuditStore.TRACE)
                        .with("{\"f\0\": 1}"));
        trail.add(AuditStore.entry("next"));
        trail.end();

        assertThat(store.prove().findings()).isEmpty();
        assertThat(store.prove().records()).isEqualTo(2);
    }

    @Test
    void the_same_refusal_again_is_counted_and_another_one_is_not() {
        var trail = AuditTrail.of(store.gateway.chain());
        for (int i = 0; i < 1_000; i++) {
            trail.addRefusal(AuditStore.entry("credential"));
        }
        trail.addRefusal(AuditStore.entry("another"));
        trail.end();

        assertThat(store.prove().records()).isEqualTo(3);
        assertThat(details()).containsExactly("{\"repeated\":999}");
    }

    private List<String> details() {
        return store.gateway
                .db()
                .list(
                        row -> row.getString(0),
                        "select details from gateway.audit_record where details is not null");
    }
}
