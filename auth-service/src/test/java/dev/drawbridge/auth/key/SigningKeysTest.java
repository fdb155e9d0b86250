package dev.drawbridge.auth.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.sql.Db;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
class SigningKeysTest {
    private static final String ROTATE = "/api/v1/auth/keys/rotate";
    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject SigningKeys keys;

    private final TestTenant tenant = TestTenant.named("default");
    private final Person admin = operator("admin");

    @Test
    void publishes_a_new_key_before_it_signs_and_the_old_one_while_its_tokens_live() {
        String before = exchange();
        String successor = Api.as(admin).post(ROTATE).then().statusCode(200).extract().path("kid");

        assertThat(kid(exchange())).isEqualTo(kid(before));
        assertThat(published()).contains(kid(before), successor);
        Awaitility.await().atMost(SOON).until(() -> kid(exchange()).equals(successor));

        assertThat(published()).contains(kid(before), successor);
        Api.bearer(before).get("/api/v1/auth/me").then().statusCode(200);
        Api.bearer(exchange()).get("/api/v1/auth/me").then().statusCode(200);
    }

    @Test
    void drops_a_key_when_its_last_token_has_ended() {
        String old = exchange();
        Api.as(admin).post(ROTATE).then().statusCode(200);
        Awaitility.await().atMost(SOON).until(() -> !kid(exchange()).equals(kid(old)));

        TestTenant.run(
                """
                update auth.signing_key set active_until = now() - interval '10 min' where kid = ?
                """,
                kid(old));
        keys.rotateWhenDue();

        assertThat(published()).doesNotContain(kid(old));
        Api.bearer(old).get("/api/v1/auth/me").then().spec(Api.unauthenticated());
        TestTenant.run(
                "update auth.signing_key set active_until = now() - interval '2 days' where kid = ?",
                kid(old));
        keys.rotateWhenDue();
        assertThat(
                        TestTenant.query(
                                "select count(*) from auth.signing_key where kid = ?", kid(old)))
                .isEqualTo("0");
    }

    @Test
    void rotates_by_itself_when_a_key_is_old() {
        String old = kid(exchange());
        TestTenant.run(
                "update auth.signing_key set active_from = now() - interval '31 days'"
                        + " where active_until is null");

        keys.rotateWhenDue();
        keys.rotateWhenDue();

        assertThat(
                        TestTenant.query(
                                "select count(*) from auth.signing_key where active_until is null"))
                .isEqualTo("1");
        Awaitility.await().atMost(SOON).until(() -> !kid(exchange()).equals(old));
    }

    @Test
    void is_rotated_by_administrators_of_tokens_only() {
        Api.as(tenant.person("kim-" + Db.newId())).post(ROTATE).then().spec(Api.forbidden());
        Api.as(tenant.holding("lee-" + Db.newId(), "admin:tokens", "write"))
                .post(ROTATE)
                .then()
                .spec(Api.forbidden());
        Api.anyone().post(ROTATE).then().spec(Api.unauthenticated());
    }

    @Test
    void is_not_rotated_from_another_tenant() {
        var other = TestTenant.fresh();
        var before = published();

        Api.as(other.superuser("boss")).post(ROTATE).then().spec(Api.forbidden());
        Api.as(other.holding("admin", "admin:tokens", "admin"))
                .post(ROTATE)
                .then()
                .spec(Api.forbidden());

        assertThat(published()).isEqualTo(before);
        Api.as(tenant.superuser("boss-" + Db.newId())).post(ROTATE).then().statusCode(200);
    }

    @Test
    void is_useless_without_the_data_key() {
        String sealed = TestTenant.query("select private_key from auth.signing_key limit 1");
        String kid = TestTenant.query("select kid from auth.signing_key limit 1");

        TestTenant.run(
                "update auth.signing_key set private_key = 'k9' || substr(private_key, 3)"
                        + " where kid = ?",
                kid);
        try {
            assertThatThrownBy(keys::rotateWhenDue).hasMessageContaining("data key k9");
        } finally {
            TestTenant.run(
                    "update auth.signing_key set private_key = ? where kid = ?", sealed, kid);
        }
    }

    /// An administrator of tokens among the suite's operators.
    private Person operator(String username) {
        return tenant.holding(username + "-" + Db.newId(), "admin:tokens", "admin");
    }

    private String exchange() {
        return Api.exchange(admin.session()).then().statusCode(200).extract().path("access_token");
    }

    private static List<String> published() {
        return RestAssured.get("/api/v1/auth/jwks")
                .then()
                .header("Cache-Control", equalTo("max-age=30"))
                .extract()
                .path("keys.kid");
    }

    private static String kid(String jwt) {
        try {
            var signature = new JsonWebSignature();
            signature.setCompactSerialization(jwt);
            return signature.getKeyIdHeaderValue();
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
