package dev.drawbridge.gateway.sqlguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.testkit.TestPostgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// The scanner and a real server must agree on where a string, a name and a comment end: whatever
/// passes is run, and must not have called the function that every text tries to hide.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScannerAgainstServerTest {
    private static final int TEXTS = 12_000;
    private static final int MOST_CHANGES = 4;
    private static final String CALL = ", set_config($$drawbridge.hidden$$, $$1$$, false)";

    /// Texts that hide the call from a scanner that is wrong in one point, and some that do not.
    private static final List<List<String>> SEEDS =
            List.of(
                    List.of("select ", "E'", "'", "\n", "'", "\\", "''", CALL, "--", "'"),
                    List.of("select ", "'", "a", "'", "\n", "'", "\\", "'", CALL, "--", "'"),
                    List.of("select ", "1 as ", "\u3000", "$a$", CALL, ", 1 as ", "\u3000", "$a$"),
                    List.of("select ", "$a$", CALL, "$a$"),
                    List.of("select ", "$$", "'", "$$", CALL, "--", "'"),
                    List.of("select ", "'{}'::jsonb ? ", "e'", "\\", "''", CALL, "--", "'"),
                    List.of("select ", "1 ", "/*", "/*", "*/", CALL, "*/"),
                    List.of("select ", "1 ", "--", "\r", CALL),
                    List.of("select ", "1 as ", "\"", "\"\"", "\"", CALL, ", 1 as ", "\"a", "\""),
                    List.of("select ", "U&'", "\\", "0041", "'", CALL, "--", "'"),
                    List.of("select ", "1.5e1", " + ", "1", CALL),
                    List.of("select ", "b'", "1", "'", "\n", "'", "0", "'", CALL));

    private static final List<String> PIECES =
            List.of(
                    "'",
                    "''",
                    "E'",
                    "e'",
                    "U&'",
                    "b'",
                    "x'",
                    "n'",
                    "\"",
                    "\"\"",
                    "$$",
                    "$a$",
                    "$",
                    "$1",
                    "\\",
                    "\n",
                    "\r",
                    "\f",
                    "\u000b",
                    " ",
                    "\t",
                    "\u3000",
                    "\u0085",
                    "\u00a0",
                    "\u2028",
                    "\u0660",
                    "\ufeff",
                    "\ud800",
                    "\ud83d\ude00",
                    "é",
                    "--",
                    "/*",
                    "*/",
                    "1",
                    "1.",
                    "a",
                    "e",
                    "u&",
                    ",",
                    " as ",
                    "||",
                    "?",
                    "(",
                    ")",
                    "::text",
                    "\u001c",
                    "\u212a",
                    CALL);

    private TestPostgres server;
    private Connection connection;
    private Statement statement;

    @BeforeAll
    void connect() throws SQLException {
        server = TestPostgres.start();
        connection = server.connect();
        statement = connection.createStatement();
        statement.setEscapeProcessing(false);
    }

    @AfterAll
    void close() throws SQLException {
        connection.close();
        server.close();
    }

    @Test
    void nothing_that_passes_calls_what_it_hides() throws SQLException {
        var random = new Random(20_261_127);
        int ran = 0;
        int refused = 0;
        for (int i = 0; i < TEXTS; i++) {
            String sql = changed(SEEDS.get(i % SEEDS.size()), random);
            if (!passes(sql)) {
                refused++;
            } else if (runs(sql)) {
                ran++;
                assertThat(wasCalled()).as(sql).isFalse();
            }
        }
        assertThat(ran).isGreaterThan(TEXTS / 100);
        assertThat(refused).isGreaterThan(TEXTS / 100);
    }

    @Test
    void a_call_that_is_not_hidden_is_seen() throws SQLException {
        String sql = "select 1" + CALL;

        assertThat(passes(sql)).isFalse();
        assertThat(runs(sql)).isTrue();
        assertThat(wasCalled()).isTrue();
        statement.execute("reset drawbridge.hidden");
    }

    private static String changed(List<String> seed, Random random) {
        var pieces = new ArrayList<>(seed);
        for (int changes = random.nextInt(MOST_CHANGES + 1); changes > 0; changes--) {
            int at = 1 + random.nextInt(pieces.size() - 1);
            String piece = PIECES.get(random.nextInt(PIECES.size()));
            switch (random.nextInt(3)) {
                case 0 -> pieces.add(at, piece);
                case 1 -> pieces.set(at, piece);
                default -> pieces.add(at, pieces.get(1 + random.nextInt(pieces.size() - 1)));
            }
        }
        return String.join("", pieces);
    }

    private static boolean passes(String sql) {
        try {
            ReadOnlySql.parse(sql);
            return true;
        } catch (ProblemException rejected) {
            return false;
        }
    }

    private boolean runs(String sql) {
        try {
            statement.execute(sql);
            return true;
        } catch (SQLException refused) {
            return false;
        }
    }

    private boolean wasCalled() throws SQLException {
        try (var found =
                statement.executeQuery(
                        "select coalesce(current_setting('drawbridge.hidden', true), '')")) {
            found.next();
            return !found.getString(1).isEmpty();
        }
    }
}
