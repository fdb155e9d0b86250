package dev.drawbridge.system.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.drawbridge.system.mcp.McpSession;
import dev.drawbridge.system.rest.AuthApi;
import dev.drawbridge.system.suite.Checkout;
import dev.drawbridge.system.suite.Drawbridge;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// A script sets a suite up by `./drawbridge user`, `group` and `token` alone.
@WithSuite
class AdministrationTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String LOGIN = "/api/v1/auth/login";

    /// After so many in a row an account is locked.
    private static final int FAILURES = 10;

    private final Suite suite;
    private final String run = UUID.randomUUID().toString();

    AdministrationTest(Suite suite) {
        this.suite = suite;
    }

    @Test
    void scripts_a_set_up_from_nothing_to_an_agents_answer() throws IOException {
        String group = "analysts-" + run;
        String agent = "agent-" + run;
        String connection = "connection:" + suite.connection();
        done("group", "add", group);
        done("group", "grant", group, connection, "read");
        done("group", "grant", group, "tool:*", "read");
        String attributes = "-a retail_role=store_manager -a store_id=7";
        done(("user add " + agent + " --service " + attributes).split(" "));
        done("group", "members", "add", group, "--user", agent);
        String limits = "--expires 1h --scope tool:*=read --scope " + connection + "=read";
        var token = done(("token create t-" + run + " --user " + agent + " " + limits).split(" "));
        String secret = kept(Path.of(token.path("tokenFile").asText()));

        var answer =
                McpSession.open(suite, secret)
                        .query(suite.connection(), "select count(*) as n from retail.orders");

        assertThat(answer.structured().at("/rows/0/0").asLong()).isEqualTo(8523);
        var why = done("user", "explain", agent, connection);
        assertThat(why.at("/grants/0/through/0/name").asText()).isEqualTo(group);
        assertThat(done("token", "list", "--user", agent).findValuesAsText("name"))
                .containsExactly("t-" + run);
        takeBack(group, agent, token.path("id").asText(), connection);
        assertThat(status(secret)).isEqualTo(401);
    }

    private void takeBack(String group, String agent, String token, String connection) {
        done("token", "revoke", token);
        done("group", "revoke", group, connection);
        assertThat(done("group", "grants", group).findValuesAsText("object"))
                .containsExactly("tool:*");
        assertThat(done("group", "members", "list", group).findValuesAsText("name"))
                .containsExactly(agent);
        done("group", "members", "remove", group, "--user", agent);
        assertThat(done("group", "members", "list", group).path("items")).isEmpty();
        done("group", "remove", group);
        assertThat(done("group", "list").findValuesAsText("name")).doesNotContain(group);
        assertThat(done("user", "disable", agent).path("enabled").asBoolean()).isFalse();
        assertThat(done("user", "list").findValuesAsText("username")).contains(agent, "admin");
    }

    @Test
    void gives_passwords_that_work_and_shows_none() throws IOException {
        String name = "kim-" + run;
        var api = new AuthApi(suite);
        String typed = suite.secrets().add("typed-" + UUID.randomUUID());
        var added =
                drawbridge()
                        .reading(typed + "\n")
                        .run(own("user", "add", name, "--password-stdin"));
        assertThat(added.exitCode()).as(added.stderr()).isZero();
        api.login(name, typed);

        var reset = drawbridge().run(own("user", "reset-password", name));
        assertThat(reset.exitCode()).as(reset.stderr()).isZero();
        var file = suite.home().folder().resolve("secrets/user-" + name);
        String generated = kept(file);
        api.login(name, generated);

        String said =
                Stream.of(added, reset)
                        .map(it -> it.stdout() + it.stderr())
                        .reduce("", String::concat);
        assertThat(said).doesNotContain(typed, generated).contains(file.toString());
        done("user", "reset-password", name);
        assertThat(kept(file)).isNotEqualTo(generated);
    }

    @Test
    void makes_a_token_as_somebody_and_lets_in_who_was_locked_out() throws IOException {
        String name = "lee-" + run;
        var api = new AuthApi(suite);
        var file = Path.of(done("user", "add", name).path("passwordFile").asText());
        String password = kept(file);
        var token =
                done(
                        "token",
                        "create",
                        "own",
                        "--as",
                        name,
                        "--as-password-file",
                        file.toString(),
                        "--token-file",
                        file + ".token");
        assertThat(status(kept(Path.of(token.path("tokenFile").asText())))).isEqualTo(200);

        var wrong = Map.of("username", name, "password", "not-" + password);
        for (int i = 0; i < FAILURES; i++) {
            api.anonymous().body(wrong).post(LOGIN);
        }
        var right = Map.of("username", name, "password", password);
        assertThat(api.anonymous().body(right).post(LOGIN).statusCode()).isEqualTo(429);
        done("user", "unlock", name);
        api.login(name, password);
    }

    @Test
    void takes_a_token_from_the_environment_for_a_suite_elsewhere() {
        var api = new AuthApi(suite);
        String name = "group-" + run;
        var scope = List.of(Map.of("object", "admin:groups", "level", "admin"));
        String token = api.createToken(api.admin(), Map.of("scopes", scope)).text();

        var made =
                drawbridge()
                        .with("DRAWBRIDGE_TOKEN", token)
                        .run("group", "add", name, "--url", suite.auth(), "--json");
        assertThat(made.exitCode()).as(made.stderr()).isZero();
        assertThat(json(made).path("name").asText()).isEqualTo(name);

        var refused =
                drawbridge()
                        .with("DRAWBRIDGE_TOKEN", token)
                        .run("user", "list", "--url", suite.auth());
        complained(refused, 3, "admin:users");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    user add admin                                        | 5 | already
                    user disable nobody-of-that-name                      | 4 | nobody-of-that-name
                    user disable admin                                    | 5 | last superuser
                    user add a/b                                          | 2 | username
                    user add x --service --password-stdin                 | 2 | no password
                    token create t --user admin                           | 4 | service account
                    user explain admin tol:x                              | 2 | object
                    group grants no-such-group                            | 4 | no-such-group
                    group members remove no-such-group --user admin       | 4 | no-such-group
                    token revoke 0197aaaa-0000-7000-8000-000000000000     | 4 | token
                    token create t --scope tool:*                         | 2 | --scope
                    token create t --expires soon                         | 2 | --expires
                    token create t --as admin                             | 2 | --as-password-file
                    user list --url http://127.0.0.1:1                    | 2 | DRAWBRIDGE_TOKEN
                    user list --as x --as-password-file /no/such --url http://example.com | 2 | https
                    """)
    void says_in_one_sentence_why_not(String command, int exitCode, String word) {
        complained(drawbridge().run(own(command.split(" "))), exitCode, word);
    }

    @Test
    void says_which_credential_is_not_accepted_and_where_nobody_answers() throws IOException {
        var wrong =
                Files.writeString(Files.createTempFile(Checkout.target(), "p", ""), "wrong-one\n");
        String[] asAdmin = {
            "user", "list", "--as", "admin", "--as-password-file", wrong.toString()
        };

        complained(drawbridge().run(own(asAdmin)), 3, "password");
        complained(
                drawbridge()
                        .with("DRAWBRIDGE_TOKEN", "dbk_none")
                        .run("user", "list", "--url", "http://127.0.0.1:1"),
                1,
                "did not answer");
        complained(
                drawbridge().with("DRAWBRIDGE_TOKEN", "two words").run(own("user", "list")),
                2,
                "holds no token");
    }

    @Test
    void keeps_the_file_true_that_the_homes_administrator_signs_in_with() throws IOException {
        var file = Path.of(suite.summary().admin().passwordFile());
        String before = suite.adminPassword();

        var reset = done("user", "reset-password", "admin");

        assertThat(reset.path("passwordFile").asText()).isEqualTo(file.toString());
        assertThat(kept(file)).isNotEqualTo(before);
        assertThat(done("user", "list").findValuesAsText("username")).contains("admin");
    }

    @Test
    void refuses_a_name_that_the_locale_cannot_read() {
        var named = drawbridge().with("LC_ALL", "POSIX").run(own("group", "add", "Zoë"));

        complained(named, 2, "locale");
    }

    private static Drawbridge drawbridge() {
        return new Drawbridge();
    }

    private String[] own(String... command) {
        return Stream.concat(
                        Stream.of(command), Stream.of("--home", suite.home().folder().toString()))
                .toArray(String[]::new);
    }

    private JsonNode done(String... command) {
        var outcome =
                drawbridge()
                        .run(
                                Stream.concat(Stream.of(own(command)), Stream.of("--json"))
                                        .toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        return json(outcome);
    }

    private static JsonNode json(Drawbridge.Outcome outcome) {
        try {
            return JSON.readTree(outcome.stdout());
        } catch (JsonProcessingException failure) {
            throw new AssertionError(outcome.stdout(), failure);
        }
    }

    /// The secret in a file that only its owner reads.
    private String kept(Path file) throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        return suite.secrets().add(Files.readString(file).strip());
    }

    private int status(String token) {
        return new AuthApi(suite).auth(token).get("/api/v1/auth/me").statusCode();
    }

    private static void complained(Drawbridge.Outcome outcome, int exitCode, String word) {
        assertThat(outcome.exitCode()).as(outcome.stderr()).isEqualTo(exitCode);
        assertThat(outcome.complaint()).as(outcome.stderr()).hasSize(1);
        assertThat(outcome.complaint().getFirst()).contains(word).endsWith(".");
        assertThat(outcome.stderr().lines()).hasSize(1);
        assertThat(outcome.stdout()).isEmpty();
    }
}
