package dev.drawbridge.system.key;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.drawbridge.system.journey.RetailIdentity;
import dev.drawbridge.system.mcp.McpSession;
import dev.drawbridge.system.query.Load;
import dev.drawbridge.system.rest.AuthApi;
import dev.drawbridge.system.suite.Home;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import io.restassured.response.Response;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The data key rotates by `./drawbridge keys`, under people and agents who work.
@WithSuite
class DataKeyRotationTest {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String ORDERS = "select id from retail.orders order by id";
    private static final List<String> SERVICES = List.of("auth-service", "mcp-gateway");

    private final Suite suite;
    private final AuthApi api;
    private final KeyCommands keys;
    private final String admin;

    DataKeyRotationTest(Suite suite) {
        this.suite = suite;
        this.api = new AuthApi(suite);
        this.keys = new KeyCommands(suite);
        this.admin = api.admin();
    }

    @AfterEach
    void the_suite_runs_again() {
        suite.up();
    }

    @Test
    void fails_no_request_and_leaves_nothing_under_the_old_key() throws IOException {
        var person = api.createPerson(admin, Map.of());
        var phone = Authenticator.enrol(api, api.login(person.username(), person.password()));
        String unused = connection();
        String once = UUID.randomUUID().toString();
        String group = group(once).path("id");
        String jwt = api.exchange(admin);
        var session = McpSession.open(suite, RetailIdentity.HEAD_OFFICE.token(suite));
        String cursor = session.query(suite.connection(), ORDERS, Map.of("limit", 5)).nextCursor();
        String old = keys.listed().getFirst();
        assertThat(keys.columnsUnder(old))
                .contains("gateway.connection.sealed_password", "auth.second_factor.secret");

        rotateUnderLoad();

        // Names of locked accounts lapse, and are no secrets.
        assertThat(keys.columnsUnder(old)).isSubsetOf("auth.lockout.subject");
        assertThat(
                        session.query(
                                        suite.connection(),
                                        ORDERS,
                                        Map.of("cursor", cursor, "limit", 5))
                                .isError())
                .isFalse();
        assertThat(group(once).<String>path("id")).isEqualTo(group);
        api.auth(jwt).get("/api/v1/auth/me").then().statusCode(200);
        everythingOpens(person, phone, unused);

        retires(old);
        kill();
        suite.up();
        everythingOpens(person, phone, unused);
        assertThat(keys.run("status").exitCode()).isZero();
    }

    private void rotateUnderLoad() {
        try (var load = Load.of(suite, RetailIdentity.STORE_MANAGER, 4);
                var probe = Probe.start(suite)) {
            load.awaitMoreAnswers();
            String made = keys.rotate();
            keys.awaitOnly(made);
            load.awaitMoreAnswers();
            int rounds = probe.rounds();
            Awaitility.await("more rounds").atMost(SOON).until(() -> probe.rounds() > rounds + 1);

            assertThat(probe.failures()).isEmpty();
            assertThat(load.wrongAnswers()).isEmpty();
            assertThat(load.failures()).isZero();
        }
    }

    /// By command, once the hour is over in which callers may hold what it sealed.
    private void retires(String old) throws IOException {
        String sealing = keys.listed().getFirst();
        assertThat(keys.run("retire", sealing).exitCode()).isEqualTo(5);
        assertThat(keys.run("retire", "no-such-key").exitCode()).isEqualTo(4);
        var early = keys.run("retire", old);
        assertThat(early.exitCode()).isEqualTo(5);
        assertThat(early.complaint().getFirst()).contains("hour");
        for (String schema : List.of("auth", "gateway")) {
            suite.datastore()
                    .change(
                            "update %s.data_key_use set seen_at = seen_at - interval '1 hour'"
                                            .formatted(schema)
                                    + " where sealing = ?",
                            old);
        }

        var retired = keys.run("retire", old);

        assertThat(retired.exitCode()).as(retired.stderr()).isZero();
        assertThat(keys.listed()).doesNotContain(old).startsWith(sealing);
    }

    private void everythingOpens(AuthApi.Person person, Authenticator phone, String connection) {
        api.anonymous()
                .body(
                        Map.of(
                                "username",
                                person.username(),
                                "password",
                                person.password(),
                                "otp",
                                phone.code()))
                .post("/api/v1/auth/login")
                .then()
                .statusCode(200);
        api.gateway(admin)
                .post("/api/v1/connections/" + connection + "/test")
                .then()
                .statusCode(200)
                .body("ok", equalTo(true));
        var answer =
                McpSession.open(suite, RetailIdentity.HEAD_OFFICE.token(suite))
                        .query(suite.connection(), "select 1 as one");
        assertThat(answer.column("one")).containsExactly("1");
        assertThat(keys.verifyAudit().exitCode()).isZero();
    }

    @Test
    void ends_what_services_had_begun_that_were_killed() throws Exception {
        String old = keys.listed().getFirst();
        String made;
        try (var _ =
                        suite.datastore()
                                .hold(
                                        "select from gateway.connection where id = ? for update",
                                        UUID.fromString(suite.connection()));
                var _ = suite.datastore().hold("select from auth.signing_key for update")) {
            made = keys.rotate();
            Awaitility.await("all but what is held")
                    .atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(keys.kindsUnder(old))
                                    .containsExactlyInAnyOrder("connection", "signing_key"));
            kill();
        }
        assertThat(keys.kindsUnder(old)).isNotEmpty();

        suite.up();

        keys.awaitOnly(made);
        assertThat(keys.verifyAudit().exitCode()).isZero();
    }

    @Test
    void goes_on_with_the_keys_that_it_has_while_the_file_is_broken() throws IOException {
        String good = keys.lines();
        keys.replace(good + "k-short:QUJD\n");

        for (String service : SERVICES) {
            Awaitility.await(service + " to say so")
                    .atMost(SOON)
                    .untilAsserted(() ->
                            well(service)
                                    .then()
                                    .statusCode(503)
                                    .body(
                                            "checks.find { it.name == 'data-keys' }.data.code",
                                            equalTo("DATA_KEY_INVALID")));
            given().baseUri(suite.management(service))
                    .get("/q/health/ready")
                    .then()
                    .statusCode(200);
            var log = suite.home().folder().resolve("logs/" + service + ".log");
            assertThat(Files.readString(log)).contains("DATA_KEY_INVALID: Line ");
        }
        var refused = keys.run("rotate");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.complaint().getFirst()).contains("DATA_KEY_INVALID", "Line ");
        api.login(suite.summary().admin().username(), suite.adminPassword());

        keys.replace(good);
        for (String service : SERVICES) {
            Awaitility.await(service + " to be well")
                    .atMost(SOON)
                    .until(() -> well(service).statusCode() == 200);
        }
    }

    private Response well(String service) {
        return given().baseUri(suite.management(service)).get("/q/health/well");
    }

    private void kill() {
        for (String service : SERVICES) {
            long pid = suite.home().pid(service);
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            Awaitility.await("the end of " + service)
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> !Home.lives(pid));
        }
    }

    /// A creation that repeats.
    private Response group(String once) {
        var made =
                api.auth(admin)
                        .header("Idempotency-Key", once)
                        .body(Map.of("name", "once-" + once))
                        .post("/api/v1/groups");
        made.then().statusCode(201);
        return made;
    }

    /// One that nobody has queried.
    private String connection() {
        var demo = suite.demo();
        return api.gateway(admin)
                .body(
                        Map.of(
                                "name", "rotated-" + UUID.randomUUID(),
                                "host", demo.host(),
                                "port", demo.port(),
                                "database", demo.name(),
                                "username", demo.user(),
                                "password", demo.password(),
                                "tlsMode", "disable"))
                .post("/api/v1/connections")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }
}
