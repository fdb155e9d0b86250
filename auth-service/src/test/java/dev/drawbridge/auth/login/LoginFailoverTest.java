package dev.drawbridge.auth.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/// The datastore drops its connections while people sign in.
@QuarkusTest
@WithTestResource(AuthDatastore.class)
class LoginFailoverTest {
    private static final int LOGINS = 80;
    private static final int AT_ONCE = 4;

    /// Between cuts, in turn: how long a login takes is the machine's business.
    private static final List<Integer> PAUSES_MS = List.of(10, 20, 40, 80, 160, 320);

    private static final String RECORD =
            """
            select 1
              from auth.audit_record r
             where r.action = 'session.begin'
               and r.outcome = 'OK'
               and r.details::jsonb ->> 'session' = s.id::text
            """;

    private final TestTenant tenant = TestTenant.fresh();

    /// Behind the password check come the session, its record, and what is pending for it. A lock
    /// on what each of them touches holds the login there, until its connection is cut.
    @ParameterizedTest
    @ValueSource(strings = {"auth.session", "auth.audit_chain", "auth.group_member"})
    void leaves_no_session_when_its_connection_is_cut_behind_the_password_check(String table)
            throws Exception {
        tenant.person("kim");
        try (var holder = TestTenant.connect();
                var lock = holder.createStatement();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            holder.setAutoCommit(false);
            lock.execute("lock table " + table + " in access exclusive mode");
            Future<Response> login = threads.submit(() -> login("kim"));
            Awaitility.await("the login to wait for " + table)
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> count("pg_stat_activity", "wait_event_type = 'Lock'") > 0);

            cut("wait_event_type = 'Lock'");

            login.get().then().spec(Api.problem(503, "DATABASE_UNAVAILABLE"));
            holder.rollback();
        }
        assertThat(sessionsBegun()).isZero();
        login("kim").then().statusCode(200);
        assertThat(sessionsBegun()).isOne();
    }

    @Test
    void ends_every_login_in_a_session_that_works_or_in_a_clear_refusal() throws Exception {
        IntStream.range(0, LOGINS).forEach(i -> tenant.person("p" + i));
        var over = new AtomicBoolean();
        List<Response> answers;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var people = Executors.newFixedThreadPool(AT_ONCE)) {
            var cuts = threads.submit(() -> cutUntil(over));
            answers =
                    people
                            .invokeAll(
                                    IntStream.range(0, LOGINS)
                                            .<java.util.concurrent.Callable<Response>>mapToObj(
                                                    i -> () -> login("p" + i))
                                            .toList())
                            .stream()
                            .map(Future::resultNow)
                            .toList();
            over.set(true);
            cuts.get();
        }

        var sessions = answers.stream().filter(answer -> answer.statusCode() == 200).toList();
        var refusals = answers.stream().filter(answer -> answer.statusCode() != 200).toList();
        assertThat(sessions).isNotEmpty();
        assertThat(refusals)
                .isNotEmpty()
                .allSatisfy(it -> it.then().spec(Api.problem(503, "DATABASE_UNAVAILABLE")));
        Awaitility.await("the service to recover by itself")
                .atMost(Duration.ofSeconds(10))
                .until(() -> login("p0").statusCode() == 200);
        assertThat(sessions)
                .allSatisfy(it ->
                        Api.bearer(it.path("token")).get("/api/v1/auth/me").then().statusCode(200));
        assertThat(sessionsBegun())
                .as("each session has its record, each record its session")
                .isEqualTo(count("auth.session s", begunHere() + " and exists (" + RECORD + ")"));
    }

    private Response login(String username) {
        return Api.login(tenant.id(), username, TestTenant.PASSWORD);
    }

    /// Those of logins: the ones that tests put there say no address.
    private long sessionsBegun() {
        return count("auth.session s", begunHere());
    }

    private String begunHere() {
        return "s.last_address is not null and s.tenant_id = '" + tenant.id() + "'";
    }

    private static void cutUntil(AtomicBoolean over) {
        for (int i = 0; !over.get(); i++) {
            cut("true");
            try {
                Thread.sleep(PAUSES_MS.get(i % PAUSES_MS.size()));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void cut(String which) {
        TestTenant.query(
                """
                with victim as materialized (
                    select pid
                      from pg_stat_activity
                     where usename = 'auth_app' and backend_type = 'client backend' and %s
                )
                select count(pg_terminate_backend(pid)) from victim
                """
                        .formatted(which));
    }

    private static long count(String from, String where) {
        return Long.parseLong(TestTenant.query("select count(*) from " + from + " where " + where));
    }
}
