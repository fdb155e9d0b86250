package dev.drawbridge.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import org.awaitility.Awaitility;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
class TokenResourceTest {
    private static final String TOKENS = "/api/v1/auth/tokens";
    private static final String ME = "/api/v1/auth/me";

    private final TestTenant tenant = TestTenant.fresh();
    private final Person kim = tenant.holding("kim", "connection:7", "write");

    @Test
    void makes_a_token_and_shows_it_this_once() {
        String expiresAt =
                Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();

        String id =
                Api.as(kim)
                        .body(
                                """
                                {"name": "My agent", "expiresAt": "%s", "agentClass": "high-performance",
                                 "scopes": [{"object": "connection:7/shop", "level": "read"}],
                                 "allowedCidrs": ["127.0.0.0/8", "10.1.2.3"]}
                                """
                                        .formatted(expiresAt))
                        .post(TOKENS)
                        .then()
                        .statusCode(201)
                        .header("Cache-Control", "no-store")
                        .body("token", matchesRegex("dbk_[0-9A-Za-z]{49}"))
                        .body("name", equalTo("My agent"))
                        .body("expiresAt", equalTo(expiresAt))
                        .body("scopes[0].object", equalTo("connection:7/shop"))
                        .body("scopes[0].level", equalTo("read"))
                        .body("allowedCidrs", contains("127.0.0.0/8", "10.1.2.3/32"))
                        .body("agentClass", equalTo("high-performance"))
                        .extract()
                        .path("id");

        Api.as(kim)
                .get(TOKENS)
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].id", equalTo(id))
                .body("items[0].token", nullValue());
        Api.as(kim)
                .get(TOKENS + "/" + id)
                .then()
                .statusCode(200)
                .body("name", equalTo("My agent"))
                .body("token", nullValue());
    }

    @Test
    void stores_a_digest_of_the_token_and_not_the_token() {
        String token = Api.newToken(kim, "");

        assertThat(
                        TestTenant.query(
                                "select count(*) from auth.api_token where sha256 = sha256(?::bytea)",
                                token))
                .isEqualTo("1");
        assertThat(
                        TestTenant.query(
                                "select count(*) from auth.api_token t where t::text like ?",
                                "%" + token.substring(4, 20) + "%"))
                .isEqualTo("0");
    }

    @Test
    void is_who_made_it() {
        String token = Api.newToken(kim, "\"agentClass\": \"edge\"");

        Api.bearer(token)
                .get(ME)
                .then()
                .statusCode(200)
                .body("username", equalTo("kim"))
                .body("credential.type", equalTo("api_token"))
                .body("credential.agentClass", equalTo("edge"))
                .body("credential.expiresAt", nullValue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name | {}",
                "name | {'name': ''}",
                "name | {'name': ' x'}",
                "nam | {'nam': 'x'}",
                "scope | {'name': 'x', 'scope': []}",
                "expiresAt | {'name': 'x', 'expiresAt': 'tomorrow'}",
                "expiresAt | {'name': 'x', 'expiresAt': '2020-01-01T00:00:00Z'}",
                "scopes | {'name': 'x', 'scopes': 'connection:7'}",
                "scopes[0] | {'name': 'x', 'scopes': [null]}",
                "scopes[0].object | {'name': 'x', 'scopes': [{'level': 'read'}]}",
                "scopes[0].object | {'name': 'x', 'scopes': [{'object': 'tol:x', 'level': 'read'}]}",
                "scopes[0].level | {'name': 'x', 'scopes': [{'object': 'connection:7'}]}",
                "scopes[0].level | {'name': 'x', 'scopes': [{'object': 'connection:7', 'level': 'all'}]}",
                "scopes[0].level | {'name': 'x', 'scopes': [{'object': 'connection:7', 'level': 'none'}]}",
                "scopes[0].levl | {'name': 'x', 'scopes': [{'object': 'connection:7', 'levl': 'read'}]}",
                "scopes[1].object | {'name': 'x', 'scopes': [{'object': 'connection:7', 'level': 'read'}, {'object': 'connection:7', 'level': 'write'}]}",
                "allowedCidrs | {'name': 'x', 'allowedCidrs': []}",
                "allowedCidrs[0] | {'name': 'x', 'allowedCidrs': [null]}",
                "allowedCidrs[1] | {'name': 'x', 'allowedCidrs': ['10.0.0.0/8', 'example.com']}",
                "allowedCidrs[0] | {'name': 'x', 'allowedCidrs': ['10.0.0.1/8']}",
                "agentClass | {'name': 'x', 'agentClass': 'fast'}"
            })
    void names_the_field_that_is_wrong(String field, String body) {
        Api.as(kim).body(body.replace('\'', '"')).post(TOKENS).then().spec(Api.invalid(field));
    }

    @Test
    void ends_when_it_expires() {
        String token = Api.newToken(kim, "");
        TestTenant.run(
                "update auth.api_token set expires_at = now() where tenant_id = ?", tenant.id());

        Api.bearer(token).get(ME).then().spec(Api.unauthenticated());
    }

    @Test
    void ends_when_it_is_revoked() {
        String token = Api.newToken(kim, "");
        String id = Api.as(kim).get(TOKENS).then().extract().path("items[0].id");

        Api.as(kim).delete(TOKENS + "/" + id).then().statusCode(204).body(equalTo(""));

        Api.bearer(token).get(ME).then().spec(Api.unauthenticated());
        Api.as(kim).get(TOKENS).then().body("items", hasSize(0));
        Api.as(kim).get(TOKENS + "/" + id).then().spec(Api.notFound());
        Api.as(kim).delete(TOKENS + "/" + id).then().spec(Api.notFound());
    }

    @Test
    void works_from_its_networks_only() {
        String here = Api.newToken(kim, "\"allowedCidrs\": [\"127.0.0.0/8\"]");
        String elsewhere = Api.newToken(kim, "\"allowedCidrs\": [\"10.0.0.0/8\"]");

        Api.bearer(here).get(ME).then().statusCode(200);
        Api.bearer(elsewhere).get(ME).then().spec(Api.unauthenticated());
    }

    @Test
    void is_shown_to_its_owner_and_to_administrators_of_tokens_only() {
        Api.newToken(kim, "");
        String id = Api.as(kim).get(TOKENS).then().extract().path("items[0].id");
        Person lee = tenant.person("lee");
        Person reader = tenant.holding("reader", "admin:tokens", "read");
        Person admin = tenant.holding("admin", "admin:tokens", "admin");
        Person stranger = TestTenant.fresh().superuser("root");
        String ofKim = TOKENS + "?userId=" + kim.id();

        Api.as(lee).get(TOKENS).then().body("items", hasSize(0));
        Api.as(lee).get(ofKim).then().spec(Api.forbidden());
        Api.as(lee).get(TOKENS + "/" + id).then().spec(Api.notFound());
        Api.as(lee).delete(TOKENS + "/" + id).then().spec(Api.notFound());
        Api.as(stranger).get(ofKim).then().body("items", hasSize(0));
        Api.as(stranger).get(TOKENS + "/" + id).then().spec(Api.notFound());
        Api.as(stranger).delete(TOKENS + "/" + id).then().spec(Api.notFound());
        Api.as(reader).get(ofKim).then().body("items.id", contains(id));
        Api.as(reader).delete(TOKENS + "/" + id).then().spec(Api.notFound());
        Api.as(admin).delete(TOKENS + "/" + id).then().statusCode(204);
        Api.anyone().get(TOKENS).then().spec(Api.unauthenticated());
    }

    @Test
    void notes_when_it_was_used_but_not_at_every_use() {
        String token = Api.newToken(kim, "");
        String used = "select last_used_at from auth.api_token where tenant_id = ?";
        Api.bearer(token).get(ME).then().statusCode(200);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> TestTenant.query(used, tenant.id()), Matchers.notNullValue());
        String first = TestTenant.query(used, tenant.id());

        Api.bearer(token).get(ME).then().statusCode(200);

        Api.as(kim).get(TOKENS).then().body("items[0].lastUsedAt", not(nullValue()));
        assertThat(TestTenant.query(used, tenant.id())).isEqualTo(first);
    }
}
