package dev.drawbridge.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
class SessionCookieTest {
    private static final String NAME = "__Host-drawbridge_session";
    private static final String ME = "/api/v1/auth/me";
    private static final String TOKENS = "/api/v1/auth/tokens";
    private static final String NEW_TOKEN = "{\"name\": \"t\"}";

    private final TestTenant tenant = TestTenant.fresh();
    private String origin;

    @BeforeEach
    void find() {
        origin = RestAssured.baseURI + ":" + RestAssured.port;
    }

    @Test
    void gives_a_browser_its_session_where_no_script_sees_it() {
        tenant.person("kim");

        Response signedIn = login(ownPage());

        signedIn.then()
                .statusCode(200)
                .body("token", nullValue())
                .body("user.username", equalTo("kim"))
                .header("Cache-Control", "no-store");
        assertThat(signedIn.header("Set-Cookie"))
                .startsWith(NAME + "=dbs_")
                .contains("HttpOnly", "Secure", "SameSite=Lax", "Path=/", "Max-Age=")
                .doesNotContain("Domain=");
        page(signedIn.cookie(NAME))
                .get(ME)
                .then()
                .statusCode(200)
                .body("username", equalTo("kim"))
                .body("credential.type", equalTo("session"));
    }

    @Test
    void signs_nobody_in_by_cookie_from_another_site() {
        tenant.person("kim");

        login(Api.anyone())
                .then()
                .spec(Api.unauthenticated())
                .header("Set-Cookie", nullValue())
                .body("detail", containsString(SessionCookie.MARKER));
        login(ownPage().header("Sec-Fetch-Site", "cross-site")).then().spec(Api.unauthenticated());
        login(
                        Api.anyone()
                                .header(SessionCookie.MARKER, "1")
                                .header("Origin", "https://evil.example"))
                .then()
                .spec(Api.unauthenticated());
    }

    @Test
    void takes_a_cookie_of_our_own_page_for_a_change() {
        String cookie = tenant.person("kim").session();

        page(cookie).body(NEW_TOKEN).post(TOKENS).then().statusCode(201);
        page(cookie)
                .header("Sec-Fetch-Site", "same-origin")
                .body(NEW_TOKEN)
                .post(TOKENS)
                .then()
                .statusCode(201);
        Api.anyone()
                .cookie(NAME, cookie)
                .header(SessionCookie.MARKER, "1")
                .header("Sec-Fetch-Site", "same-origin")
                .body(NEW_TOKEN)
                .post(TOKENS)
                .then()
                .statusCode(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "- | - | -",
                "1 | - | -",
                "- | - | same-origin",
                "- | own | same-origin",
                "- | own | -",
                "1 | own | cross-site",
                "1 | own | same-site",
                "1 | own | none",
                "1 | https://evil.example | -",
                "1 | https://evil.example | same-origin",
                "1 | null | -"
            })
    void takes_no_cookie_for_a_change_that_another_site_may_have_made(
            String marker, String from, String site) {
        Person kim = tenant.person("kim");
        RequestSpecification request = Api.anyone().cookie(NAME, kim.session());
        if (marker != null) {
            request.header(SessionCookie.MARKER, marker);
        }
        if (from != null) {
            request.header("Origin", from.equals("own") ? origin : from);
        }
        if (site != null) {
            request.header("Sec-Fetch-Site", site);
        }

        request.body(NEW_TOKEN).post(TOKENS).then().spec(Api.unauthenticated());

        assertThat(
                        TestTenant.query(
                                "select count(*) from auth.api_token where tenant_id = ?",
                                tenant.id()))
                .isEqualTo("0");
    }

    @Test
    void logs_out_and_takes_the_cookie_away() {
        String cookie = tenant.person("kim").session();

        Api.anyone()
                .cookie(NAME, cookie)
                .post("/api/v1/auth/logout")
                .then()
                .spec(Api.unauthenticated());
        Response left = page(cookie).post("/api/v1/auth/logout");

        left.then().statusCode(204);
        assertThat(left.header("Set-Cookie")).startsWith(NAME + "=").contains("Max-Age=0");
        page(cookie).get(ME).then().spec(Api.unauthenticated());
    }

    @Test
    void is_not_looked_at_beside_an_authorization() {
        Person kim = tenant.person("kim");
        Person lee = tenant.person("lee");

        Api.as(lee).cookie(NAME, kim.session()).get(ME).then().body("username", equalTo("lee"));
        Api.bearer("dbs_x").cookie(NAME, kim.session()).get(ME).then().spec(Api.unauthenticated());
        Api.as(lee).cookie(NAME, kim.session()).body(NEW_TOKEN).post(TOKENS).then().statusCode(201);
    }

    @Test
    void is_a_session_once_and_nothing_else() {
        Person kim = tenant.person("kim");
        String token = Api.newToken(kim, "");

        Api.anyone().cookie(NAME, token).get(ME).then().spec(Api.unauthenticated());
        Api.anyone().cookie(NAME, "").get(ME).then().spec(Api.unauthenticated());
        Api.anyone()
                .cookie("drawbridge_session", kim.session())
                .get(ME)
                .then()
                .spec(Api.unauthenticated());
        Api.anyone()
                .header("Cookie", NAME + "=" + kim.session() + "; " + NAME + "=" + kim.session())
                .get(ME)
                .then()
                .spec(Api.unauthenticated())
                .header("WWW-Authenticate", notNullValue());
        Api.anyone().cookie(NAME, kim.session()).get(ME).then().statusCode(200);
    }

    private Response login(RequestSpecification request) {
        return request.body(
                        """
                        {"tenant": "%s", "username": "kim", "password": "%s", "cookie": true}
                        """
                                .formatted(tenant.id(), TestTenant.PASSWORD))
                .post("/api/v1/auth/login");
    }

    private RequestSpecification ownPage() {
        return Api.anyone().header("Origin", origin).header(SessionCookie.MARKER, "1");
    }

    private RequestSpecification page(String cookie) {
        return ownPage().cookie(NAME, cookie);
    }
}
