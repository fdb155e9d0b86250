package dev.drawbridge.system.journey;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

import java.net.URI;
import java.time.Duration;
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

        keycloak.removeFromGroup(keycloak.named("bob"), "managers");
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

        keycloak.signOut(keycloak.named("ann"));

        await().atMost(SOON).untilAsserted(() -> me(session).statusCode(401));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(initialize(token).statusCode()).isEqualTo(401));
    }

    @Test
    void a_token_of_keycloak_s_works_at_the_gateway_only_when_it_is_for_it() {
        String token = suite.secrets().add(keycloak.token("mcp-client", keycloak.named("ann")));
        var tools = McpSession.open(suite, token);
        assertThat(tools.toolNames()).contains("query_database");
        assertThat(tools.query(suite.connection(), "select 6 * 7 as answer").rows())
                .containsExactly(List.of("42"));

        var refused =
                initialize(suite.secrets().add(keycloak.token("elsewhere", keycloak.named("ann"))));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Bearer error=\"invalid_token\", resource_metadata=\"")
                .contains("/.well-known/oauth-protected-resource/mcp/v1\"");
    }

    @Test
    void the_official_client_finds_keycloak_by_itself_and_comes_back_with_a_token()
            throws Exception {
        OfficialClient.install();

        JsonNode seen =
                new JsonMapper()
                        .readTree(
                                OfficialClient.node("node", "oauth.mjs")
                                        .output(
                                                Map.of(
                                                        "DRAWBRIDGE_MCP",
                                                        suite.summary().mcp(),
                                                        "DRAWBRIDGE_USERNAME",
                                                        keycloak.named("ann"),
                                                        "DRAWBRIDGE_PASSWORD",
                                                        keycloak.password())));

        suite.secrets().add(seen.path("token").asText());
        assertThat(seen.path("resource").asText()).isEqualTo(suite.summary().mcp());
        assertThat(seen.path("authorizationServer").asText()).isEqualTo(suite.signOn().issuer());
        assertThat(seen.path("tools").findValuesAsText("name")).contains("query_database");
        assertThat(seen.at("/connections/connections/0/id").asText()).isEqualTo(suite.connection());
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
