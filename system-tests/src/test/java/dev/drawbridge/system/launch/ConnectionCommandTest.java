package dev.drawbridge.system.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.drawbridge.system.rest.AuthApi;
import dev.drawbridge.system.suite.Checkout;
import dev.drawbridge.system.suite.Database;
import dev.drawbridge.system.suite.Drawbridge;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import io.restassured.specification.RequestSpecification;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// `./drawbridge connection install-rls`, by which a database comes to know who asks.
@WithSuite
class ConnectionCommandTest {
    private final Suite suite;
    private final RequestSpecification admin;

    ConnectionCommandTest(Suite suite) {
        this.suite = suite;
        var api = new AuthApi(suite);
        this.admin = api.gateway(api.admin());
    }

    @Test
    void writes_a_script_for_its_owner_alone_that_makes_the_mode_hold() throws IOException {
        var wanted = suite.demo().asConnection();
        String name = String.valueOf(wanted.get("name"));
        String id = registered(wanted);
        Path script = Checkout.target().resolve("rls-" + UUID.randomUUID() + ".sql");

        var written = run("", "install-rls", name, "--output", script.toString());
        String sql = Files.readString(script);

        assertThat(written.exitCode()).as(written.stderr()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(script)))
                .isEqualTo("rw-------");
        assertThat(sql).contains("insert into drawbridge.key");
        assertThat(written.stdout() + written.stderr()).doesNotContain("decode(");
        holds(id, "none");
        suite.server().change(sql);
        holds(id, "signed");
        gone(id);
    }

    @Test
    void runs_it_with_a_login_whose_password_it_reads_and_changes_the_key() {
        var wanted = suite.demo().asConnection();
        String id = registered(wanted);
        Database server = suite.server();
        String[] apply = {"install-rls", id, "--apply", server.user()};

        var applied = run(server.password(), apply);
        assertThat(applied.exitCode()).as(applied.stderr()).isZero();
        holds(id, "signed");
        for (String step : new String[] {"--rotate", "--retire"}) {
            var changed =
                    run(
                            server.password(),
                            Stream.concat(Stream.of(apply), Stream.of(step))
                                    .toArray(String[]::new));
            assertThat(changed.exitCode()).as(changed.stderr()).isZero();
            holds(id, "signed");
        }
        assertThat(applied.stdout() + applied.stderr()).doesNotContain(server.password());
        gone(id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    install-rls nothing-there --use-new                    | 4 | nothing-there
                    install-rls x                                          | 2 | --output
                    install-rls x --output a --apply b                     | 2 | exclude
                    install-rls x --output drawbridge                      | 5 | already
                    install-rls x --use-new --gateway-url https://x.invalid | 2 | --url
                    """)
    void says_in_one_sentence_why_not(String command, int exitCode, String word) {
        String[] words = command.replace("drawbridge", script()).split(" ");
        var refused = run("", words);

        assertThat(refused.exitCode()).as(refused.stderr()).isEqualTo(exitCode);
        assertThat(refused.complaint()).hasSize(1);
        assertThat(refused.complaint().getFirst()).contains(word).endsWith(".");
        assertThat(refused.stdout()).isEmpty();
    }

    private static String script() {
        return Checkout.root().resolve("drawbridge").toString();
    }

    private String registered(Map<String, Object> wanted) {
        wanted.put("rls", Map.of("mode", "signed"));
        return admin.body(wanted)
                .post("/api/v1/connections")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private void holds(String id, String mode) {
        admin.post("/api/v1/connections/" + id + "/test")
                .then()
                .statusCode(200)
                .body("rls.holds", equalTo(mode));
    }

    private void gone(String id) {
        admin.delete("/api/v1/connections/" + id).then().statusCode(204);
        suite.server().change("drop schema drawbridge cascade");
    }

    private Drawbridge.Outcome run(String input, String... command) {
        return new Drawbridge()
                .reading(input + "\n")
                .run(
                        Stream.concat(
                                        Stream.concat(Stream.of("connection"), Stream.of(command)),
                                        Stream.of("--home", suite.home().folder().toString()))
                                .toArray(String[]::new));
    }
}
