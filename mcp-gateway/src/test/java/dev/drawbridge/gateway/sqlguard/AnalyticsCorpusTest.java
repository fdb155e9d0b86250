package dev.drawbridge.gateway.sqlguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.gateway.catalog.CatalogFixtures;
import dev.drawbridge.gateway.catalog.DatabaseCatalog;
import dev.drawbridge.gateway.catalog.GuardRules;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.testkit.TestPostgres;

import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A guard that refuses ordinary analytics loses its users: all that analysts and exploring agents
/// write in `analytics/` passes it, and a real server runs it read-only for a login that may read
/// only, so that the corpus holds nothing but reads.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnalyticsCorpusTest {
    private static final List<AnalyticsStatement> CORPUS = AnalyticsStatement.corpus();
    private static final List<AnalyticsStatement> WAITING =
            AnalyticsStatement.waitingForTheCatalog();

    private TestPostgres server;
    private DatabaseCatalog catalog;
    private int version;
    private Connection connection;
    private Statement statement;

    @BeforeAll
    void connect() throws SQLException {
        server = TestPostgres.start();
        server.run(AnalyticsStatement.text("retail-tables.sql"));
        server.run(AnalyticsStatement.text("retail-objects.sql"));
        connection =
                DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres",
                        "analyst",
                        "analyst");
        var vertx = Vertx.vertx();
        catalog = CatalogFixtures.read(vertx, server.port(), "analyst", GuardRules.NONE);
        vertx.close().toCompletionStage().toCompletableFuture().join();
        version = connection.getMetaData().getDatabaseMajorVersion();
        statement = connection.createStatement();
        statement.setEscapeProcessing(false);
    }

    @AfterAll
    void close() throws SQLException {
        connection.close();
        server.close();
    }

    @Test
    void all_of_it_passes_and_runs_read_only() {
        List<String> refused = CORPUS.stream().flatMap(read -> refusal(read).stream()).toList();
        List<AnalyticsStatement> known =
                CORPUS.stream().filter(read -> read.needs() <= version).toList();
        List<String> failed = known.stream().flatMap(read -> failure(read).stream()).toList();

        System.out.printf(
                "analytics corpus: %d statements, %d refused, %d run on PostgreSQL %d (%d failed),"
                        + " %d skipped, %d wait for the catalog%n",
                CORPUS.size(),
                refused.size(),
                known.size(),
                version,
                failed.size(),
                CORPUS.size() - known.size(),
                WAITING.size());
        assertThat(Stream.of(refused, failed).flatMap(List::stream)).isEmpty();
    }

    /// What passes by now belongs into its theme.
    @Test
    void what_waits_for_the_catalog_reads_too_and_is_still_refused() {
        assertThat(WAITING).filteredOn(read -> refusal(read).isEmpty()).isEmpty();
        assertThat(WAITING.stream().flatMap(read -> failure(read).stream())).isEmpty();
    }

    @Test
    void no_statement_is_there_twice() {
        List<AnalyticsStatement> all = Stream.concat(CORPUS.stream(), WAITING.stream()).toList();

        assertThat(CORPUS).hasSizeGreaterThan(300);
        assertThat(all.stream().map(AnalyticsStatement::toString)).doesNotHaveDuplicates();
        assertThat(all.stream().map(AnalyticsStatement::sql).map(String::strip))
                .doesNotHaveDuplicates();
    }

    @Test
    void every_function_of_large_objects_is_denied() throws SQLException {
        server.run("create extension lo");
        try (var functions =
                statement.executeQuery(
                        """
                        select distinct proname from pg_proc
                         where proname ~ '^lo_' or proname in ('loread', 'lowrite')
                        """)) {
            int count = 0;
            for (; functions.next(); count++) {
                String call = "select " + functions.getString(1) + "(1)";
                assertThatThrownBy(() -> ReadOnlySql.parse(call)).as(call).isNotNull();
            }
            assertThat(count).isGreaterThan(10);
        }
    }

    private Optional<String> refusal(AnalyticsStatement read) {
        try {
            catalog.check(ReadOnlySql.parse(read.sql()));
            return Optional.empty();
        } catch (ProblemException refused) {
            return Optional.of(read + ": " + refused.problem());
        }
    }

    /// What the gateway sends; what the guard refuses as it is written.
    private String judged(AnalyticsStatement read) {
        return refusal(read).isEmpty() ? ReadOnlySql.parse(read.sql()).text() : read.sql();
    }

    private Optional<String> failure(AnalyticsStatement read) {
        try {
            statement.execute("begin read only");
            statement.execute(judged(read));
            return Optional.empty();
        } catch (SQLException failure) {
            return Optional.of(read + ": " + failure.getMessage());
        } finally {
            rollBack();
        }
    }

    private void rollBack() {
        try {
            statement.execute("rollback");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
