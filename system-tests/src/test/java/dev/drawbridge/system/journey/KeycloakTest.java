package dev.drawbridge.system.journey;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.drawbridge.system.mcp.McpHttp;
import dev.drawbridge.system.mcp.McpSession;
import dev.drawbridge.system.rest.AuthApi;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import io.restassured.response.ValidatableResponse;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// People, MCP clients and a partner's people sign on at a real Keycloak.
@WithSuite
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeycloakTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Suite suite;
    private final AuthApi api;
    private Keycloak keycloak;
    private String notes;

    KeycloakTest(Suite suite) {
        this.suite = suite;
        this.api = new AuthApi(suite);
    }

    @BeforeAll
    void startKeycloak() {
        keycloak = Keycloak.start(suite);
        String admin = api.admin();
        api.group(admin, "keycloak-managers");
        String analysts = api.group(admin, "keycloak-analysts");
        api.allow(admin, analysts, List.of("tool:*", "connection:" + suite.connection()));
        notes = notes(admin);
        api.allow(admin, analysts, List.of("connection:" + notes), "write");
    }

    @AfterAll
    void stopKeycloak() {
        if (keycloak != null) {
            keycloak.close();
        }
    }

    @Test
    void a_person_signs_on_by_the_login_page_and_has_the_groups_that_keycloak_gives() {
        var browser = new WebBrowser();

        String session = signOn(browser, keycloak.named("ann"));

        ValidatableResponse me = me(session).statusCode(200);
        assertThat(me.extract().<String>path("username")).isEqualTo(keycloak.named("ann"));
        assertThat(me.extract().<List<String>>path("groups")).containsExactly("keycloak-analysts");
        assertThat(browser.open(start()).address()).hasPath("/done");
    }

    @Test
    void a_group_that_keycloak_took_away_is_gone_with_the_next_sign_on() {
        String before = signOn(new WebBrowser(), keycloak.named("bob"));
        assertThat(groups(before)).containsExactly("keycloak-analysts", "keycloak-managers");

        keycloak.admin().removeFromGroup(keycloak.named("bob"), "managers");
        signOn(new WebBrowser(), keycloak.named("bob"));

        assertThat(groups(before)).containsExactly("keycloak-analysts");
    }

    @Test
    void who_leaves_here_can_leave_there_too() {
        var browser = new WebBrowser();
        String session = signOn(browser, keycloak.named("ann"));

        String location =
                api.auth(session)
                        .post("/api/v1/auth/oidc/logout")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("location");

        me(session).statusCode(401);
        assertThat(browser.open(URI.create(location)).address()).hasPath("/bye");
        assertThat(browser.open(start()).asksForPassword()).isTrue();
    }

    @Test
    void who_leaves_there_has_left_here() {
        var browser = new WebBrowser();
        String session = signOn(browser, keycloak.named("ann"));
        String token = suite.secrets().add(keycloak.token(browser));
        assertThat(McpSession.open(suite, token).toolNames()).isNotEmpty();

        keycloak.admin().signOut(keycloak.named("ann"));

        await().atMost(SOON).untilAsserted(() -> me(session).statusCode(401));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(initialize(token).statusCode()).isEqualTo(401));
    }

    @Test
    void a_token_of_keycloak_s_works_at_the_gateway_only_when_it_is_for_it() {
        String token =
                suite.secrets().add(keycloak.token("mcp-client", "dbread", keycloak.named("ann")));
        var tools = McpSession.open(suite, token);
        assertThat(tools.toolNames()).contains("query_database");
        assertThat(tools.query(suite.connection(), "select 6 * 7 as answer").rows())
                .containsExactly(List.of("42"));

        var refused =
                initialize(
                        suite.secrets()
                                .add(keycloak.token("elsewhere", "openid", keycloak.named("ann"))));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Bearer error=\"invalid_token\", resource_metadata=\"")
                .contains("/.well-known/oauth-protected-resource/mcp/v1\"");
    }

    @Test
    void the_official_client_finds_keycloak_by_itself_and_comes_back_with_a_token() {
        JsonNode seen = run("oauth.mjs", Map.of());

        assertThat(seen.path("resource").asText()).isEqualTo(suite.summary().mcp());
        assertThat(seen.path("authorizationServer").asText()).isEqualTo(suite.signOn().issuer());
        assertThat(seen.path("tools").findValuesAsText("name")).contains("query_database");
        assertThat(seen.at("/connections/connections/0/id").asText()).isEqualTo(suite.connection());
    }

    @ParameterizedTest
    @CsvSource({"before, legacy", "before, auto", "document, auto"})
    void a_client_begins_with_few_scopes_and_comes_back_with_more(
            String registration, String mode) {
        JsonNode seen = stepUp(registration, mode);

        assertThat(seen.path("scopes")).hasSize(2);
        assertThat(seen.at("/scopes/0").asText()).contains("dbread").doesNotContain("dbwrite");
        assertThat(seen.at("/scopes/1").asText()).contains("dbread", "dbwrite");
        assertThat(seen.path("tools").valueStream().map(JsonNode::asText)).contains("execute_sql");
        assertThat(seen.at("/written/outcome").asText()).isEqualTo("committed");
    }

    @Test
    void a_client_that_registers_itself_gets_no_more_than_it_registered_for() {
        JsonNode seen = stepUp("dynamic", "legacy");

        assertThat(seen.path("client").asText()).isNotEqualTo("mcp-client");
        assertThat(seen.path("tools").valueStream().map(JsonNode::asText)).contains("execute_sql");
        assertThat(seen.path("refusedAgain").asText()).isEqualTo("invalid_scope");
    }

    /// What the official client saw that was known to Keycloak in this way.
    private JsonNode stepUp(String registration, String mode) {
        return run(
                "stepup.mjs",
                Map.of(
                        "DRAWBRIDGE_MODE",
                        "legacy",
                        "DRAWBRIDGE_REGISTRATION",
                        registration,
                        "DRAWBRIDGE_CONNECTION",
                        notes,
                        "DRAWBRIDGE_STATEMENT",
                        "insert into step_up.note values ('more')"));
    }

    /// What a client of ann's saw.
    private JsonNode run(String program, Map<String, String> more) {
        OfficialClient.install();
        var environment = new HashMap<>(more);
        environment.put("DRAWBRIDGE_MCP", suite.summary().mcp());
        environment.put("DRAWBRIDGE_USERNAME", keycloak.named("ann"));
        environment.put("DRAWBRIDGE_PASSWORD", keycloak.password());
        try {
            String printed = OfficialClient.node("node", program).output(environment);
            JsonNode seen = new JsonMapper().readTree(printed);
            seen.path("tokens").forEach(token -> suite.secrets().add(token.asText()));
            return seen;
        } catch (JsonProcessingException failure) {
            throw new AssertionError(program + " printed no JSON", failure);
        }
    }

    @Test
    void somebody_of_a_partner_s_comes_by_saml_through_keycloak() {
        var browser = new WebBrowser();
        var login = browser.open(start());

        var partners = browser.open(login.link("broker/partner/login"));
        assertThat(partners.address().getPath()).startsWith("/realms/partner/");
        var arrived = browser.signIn(partners, keycloak.named("pat"), keycloak.password());

        assertThat(arrived.address()).as(arrived.body()).hasPath("/done");
        ValidatableResponse me = me(session(browser)).statusCode(200);
        assertThat(me.extract().<String>path("username"))
                .isEqualTo("partner-" + keycloak.named("pat"));
        assertThat(me.extract().<List<String>>path("groups")).containsExactly("keycloak-analysts");
    }

    /// A connection that takes writes, to a table of its own.
    private String notes(String admin) {
        var connection = suite.demo().asConnection();
        suite.server()
                .change(
                        """
                        drop schema if exists step_up cascade;
                        create schema step_up;
                        create table step_up.note (text text);
                        grant usage on schema step_up to %1$s;
                        grant select, insert on step_up.note to %1$s;
                        """
                                .formatted(connection.get("username")));
        connection.put("allowWrites", true);
        return api.createConnection(admin, connection);
    }

    private String signOn(WebBrowser browser, String username) {
        var login = browser.open(start());
        assertThat(login.asksForPassword()).as(login.body()).isTrue();
        var arrived = browser.signIn(login, username, keycloak.password());
        assertThat(arrived.address()).as(arrived.body()).hasPath("/done");
        return session(browser);
    }

    private String session(WebBrowser browser) {
        return suite.secrets().add(browser.cookie("__Host-drawbridge_session").orElseThrow());
    }

    private URI start() {
        return URI.create(suite.auth() + "/api/v1/auth/oidc/keycloak/start?redirect=/done");
    }

    private ValidatableResponse me(String session) {
        return given().baseUri(suite.auth())
                .header("Authorization", "Bearer " + session)
                .get("/api/v1/auth/me")
                .then();
    }

    private List<String> groups(String session) {
        return me(session).statusCode(200).extract().path("groups");
    }

    private java.net.http.HttpResponse<String> initialize(String token) {
        return McpHttp.to(suite.summary().mcp()).bearer(token).post(1, "ping", Map.of());
    }
}
