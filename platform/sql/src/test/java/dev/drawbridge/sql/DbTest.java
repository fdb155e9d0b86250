package dev.drawbridge.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.testkit.TestPostgres;

import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;

class DbTest {
    private static TestPostgres postgres;
    private static Pool pool;
    private static Db db;

    @BeforeAll
    static void start() {
        postgres = TestPostgres.start();
        pool = pool(postgres.port());
        db = new Db(pool);
    }

    @AfterAll
    static void stop() {
        pool.close();
        postgres.close();
    }

    @BeforeEach
    void prepare() {
        postgres.run(
                """
                drop table if exists note;
                drop table if exists book;
                create table book (id int primary key, title text);
                create table note (book_id int references book);
                insert into book values (1, 'one'), (2, 'two');
                """);
    }

    @Test
    void lists_all_rows_in_order() {
        assertThat(titles()).containsExactly("one", "two");
    }

    @Test
    void finds_one_row_or_none() {
        String sql = "select title from book where id = $1";

        assertThat(db.one(row -> row.getString("title"), sql, 2)).contains("two");
        assertThat(db.one(row -> row.getString("title"), sql, 3)).isEmpty();
    }

    @Test
    void counts_the_rows_that_it_changed() {
        assertThat(db.update("update book set title = upper(title)")).isEqualTo(2);
    }

    @Test
    void takes_a_null_for_a_parameter() {
        db.update("update book set title = $1 where id = $2", null, 1);

        assertThat(db.one(row -> row.getString("title") == null, "select title from book limit 1"))
                .isPresent();
    }

    @Test
    void keeps_what_a_transaction_did() {
        int changed = db.transaction(() -> db.update("insert into book values (3, 'three')"));

        assertThat(changed).isEqualTo(1);
        assertThat(titles()).contains("three");
    }

    @Test
    void undoes_a_transaction_that_fails_and_passes_the_failure_on() {
        assertThatThrownBy(() ->
                        db.transaction(() -> {
                            db.update("insert into book values (3, 'three')");
                            throw new IllegalStateException("no");
                        }))
                .hasMessage("no");

        assertThat(titles()).doesNotContain("three");
    }

    @Test
    void joins_a_transaction_inside_a_transaction() {
        assertThatThrownBy(() ->
                        db.transaction(() -> {
                            db.transaction(() -> db.update("insert into book values (3, 'three')"));
                            throw new IllegalStateException("no");
                        }))
                .hasMessage("no");

        assertThat(titles()).doesNotContain("three");
    }

    @Test
    void gives_its_connection_back_after_every_failure() {
        for (int i = 0; i < 20; i++) {
            assertThat(
                            problem(() ->
                                    db.transaction(() -> db.update("insert into book values (1)"))))
                    .isInstanceOf(Problem.Conflict.class);
        }

        assertThat(titles()).hasSize(2);
    }

    @Test
    void calls_a_second_one_of_the_same_name_a_conflict() {
        assertThat(problem(() -> db.update("insert into book values (1, 'again')")))
                .isInstanceOf(Problem.Conflict.class);
    }

    @Test
    void calls_a_reference_to_nothing_a_conflict() {
        assertThat(problem(() -> db.update("insert into note values (99)")))
                .isInstanceOf(Problem.Conflict.class);
    }

    @Test
    void calls_a_statement_that_ran_too_long_an_overload() {
        assertThat(
                        problem(() ->
                                db.transaction(() -> {
                                    db.update("set local statement_timeout = 50");
                                    return db.one(_ -> true, "select 1 from pg_sleep(5)");
                                })))
                .isInstanceOf(Problem.Overloaded.class);
    }

    @Test
    void hides_a_mistake_of_ours_behind_an_incident() {
        var problem = problem(() -> db.update("update bok set title = 'x'"));

        assertThat(problem).isInstanceOf(Problem.Internal.class);
        assertThat(problem.detail()).doesNotContain("bok");
    }

    @Test
    void says_that_the_datastore_is_away_when_it_ends_our_connection() {
        var problem =
                problem(() -> db.one(_ -> true, "select pg_terminate_backend(pg_backend_pid())"));

        assertThat(problem).isInstanceOf(Problem.DatabaseUnavailable.class);
        assertRecovers();
    }

    @Test
    void says_that_the_datastore_is_away_when_it_is_lost_in_a_transaction() {
        var problem =
                problem(() ->
                        db.transaction(() ->
                                db.one(
                                        _ -> true,
                                        "select pg_terminate_backend(pg_backend_pid())")));

        assertThat(problem).isInstanceOf(Problem.DatabaseUnavailable.class);
        assertRecovers();
    }

    @Test
    void says_that_the_datastore_is_away_when_nobody_listens() {
        var nowhere = pool(1);
        try {
            assertThat(problem(() -> new Db(nowhere).one(_ -> true, "select 1")))
                    .isEqualTo(new Problem.DatabaseUnavailable("The datastore cannot be reached."));
        } finally {
            nowhere.close();
        }
    }

    @Test
    void makes_ids_that_sort_by_time() {
        var ids = Stream.generate(Db::newId).limit(1_000).toList();

        assertThat(ids).isSortedAccordingTo(java.util.Comparator.comparing(UUID::toString));
        assertThat(ids).allMatch(id -> id.version() == 7).doesNotHaveDuplicates();
    }

    /// The pool may hand the lost connection out once more before it has seen its end.
    private static void assertRecovers() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .ignoreExceptionsInstanceOf(ProblemException.class)
                .untilAsserted(() -> assertThat(titles()).hasSize(2));
    }

    private static java.util.List<String> titles() {
        return db.list(row -> row.getString("title"), "select title from book order by id");
    }

    private static Problem problem(ThrowingCallable work) {
        return catchThrowableOfType(ProblemException.class, work).problem();
    }

    private static Pool pool(int port) {
        var options =
                new PgConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setDatabase("postgres")
                        .setUser("postgres");
        return PgBuilder.pool().with(new PoolOptions().setMaxSize(2)).connectingTo(options).build();
    }
}
