package dev.drawbridge.auth.secondfactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.testkit.AtOnce;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
class SecondFactorTest {
    private static final String FACTOR = "/api/v1/auth/second-factor";

    private final TestTenant tenant = TestTenant.fresh();
    private final Person kim = tenant.person("kim");

    @Test
    void is_asked_for_at_the_login_once_it_is_confirmed() {
        var phone = Authenticator.enrol(kim);

        login(null)
                .then()
                .spec(Api.problem(401, "SECOND_FACTOR_REQUIRED"))
                .header("WWW-Authenticate", containsString("insufficient_user_authentication"));
        login(phone.unusedCode()).then().statusCode(200);
    }

    @Test
    void counts_for_nothing_before_a_first_code() {
        Api.as(kim)
                .post(FACTOR)
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("uri", containsString("otpauth://totp/Drawbridge:kim?secret="));
        Api.as(kim)
                .body(Authenticator.otp("000000"))
                .post(FACTOR + "/confirm")
                .then()
                .spec(Api.invalid("otp"));

        Api.as(kim).get(FACTOR).then().body("enrolled", equalTo(false));
        login(null).then().statusCode(200);
    }

    @Test
    void says_nothing_of_itself_to_who_does_not_know_the_password() {
        Authenticator.enrol(kim);

        Api.login(tenant.id(), "kim", "wrong horse battery").then().spec(Api.unauthenticated());
    }

    @Test
    void takes_no_code_twice() {
        var phone = Authenticator.enrol(kim);
        String code = phone.unusedCode();

        login(code).then().statusCode(200);
        login(code).then().spec(Api.problem(401, "SECOND_FACTOR_REQUIRED"));
    }

    @Test
    void takes_a_code_once_of_all_who_show_it_at_the_same_time() {
        var phone = Authenticator.enrol(kim);
        String code = phone.unusedCode();

        var statuses = AtOnce.of(4, _ -> login(code).statusCode());

        assertThat(statuses).containsExactlyInAnyOrder(200, 401, 401, 401);
    }

    @Test
    void does_not_take_the_code_that_confirmed_it_at_the_next_login() {
        String secret = Api.as(kim).post(FACTOR).then().extract().path("secret");
        byte[] bytes = Authenticator.decode(secret);
        String code = Totp.code(bytes, java.time.Instant.now().getEpochSecond() / 30);
        Api.as(kim).body(Authenticator.otp(code)).post(FACTOR + "/confirm").then().statusCode(200);

        login(code).then().spec(Api.problem(401, "SECOND_FACTOR_REQUIRED"));
    }

    @Test
    void takes_each_recovery_code_once() {
        var phone = Authenticator.enrol(kim);
        assertThat(phone.recoveryCodes()).hasSize(10);
        String recovery = phone.recoveryCodes().getFirst();

        login(recovery).then().statusCode(200);
        login(recovery).then().spec(Api.problem(401, "SECOND_FACTOR_REQUIRED"));
        Api.as(kim).get(FACTOR).then().body("recoveryCodesLeft", equalTo(9));
    }

    @Test
    void gives_new_recovery_codes_for_all_earlier_ones() {
        var phone = Authenticator.enrol(kim);

        String newer =
                Api.as(kim)
                        .post(FACTOR + "/recovery-codes")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("recoveryCodes[0]");

        login(phone.recoveryCodes().get(1)).then().spec(Api.problem(401, "SECOND_FACTOR_REQUIRED"));
        login(newer).then().statusCode(200);
    }

    @Test
    void cannot_be_guessed_by_who_knows_the_password() {
        var phone = Authenticator.enrol(kim);
        for (int i = 0; i < 5; i++) {
            login("not a code").then().spec(Api.problem(401, "SECOND_FACTOR_REQUIRED"));
        }

        login(phone.unusedCode()).then().spec(Api.problem(429, "RATE_LIMITED"));

        TestTenant.run(
                "update auth.second_factor set tries_since = now() - interval '16 minutes'"
                        + " where user_id = ?",
                kim.id());
        login(phone.unusedCode()).then().statusCode(200);
    }

    @Test
    void takes_no_code_of_someone_else() {
        Authenticator.enrol(kim);
        var lees = Authenticator.enrol(tenant.person("lee"));

        login(lees.unusedCode()).then().spec(Api.problem(401, "SECOND_FACTOR_REQUIRED"));
        login(lees.recoveryCodes().getFirst())
                .then()
                .spec(Api.problem(401, "SECOND_FACTOR_REQUIRED"));
    }

    @Test
    void ends_the_sessions_that_were_begun_without_it() {
        String other = tenant.session(kim.id());

        Authenticator.enrol(kim);

        Api.bearer(other).get("/api/v1/auth/me").then().spec(Api.unauthenticated());
        Api.as(kim).get("/api/v1/auth/me").then().statusCode(200);
    }

    @Test
    void is_not_replaced_while_it_is_there_and_can_be_removed() {
        Authenticator.enrol(kim);
        Api.as(kim).post(FACTOR).then().spec(Api.conflict());

        Api.as(kim).delete(FACTOR).then().statusCode(204);

        login(null).then().statusCode(200);
        Api.as(kim).delete(FACTOR).then().spec(Api.notFound());
        Api.as(kim).post(FACTOR + "/recovery-codes").then().spec(Api.notFound());
    }

    @Test
    void needs_a_fresh_proof_to_be_enrolled_or_removed() {
        stale();
        Api.as(kim).post(FACTOR).then().spec(Api.problem(401, "REAUTHENTICATION_REQUIRED"));
        fresh();
        Authenticator.enrol(kim);
        stale();

        Api.as(kim).delete(FACTOR).then().spec(Api.problem(401, "REAUTHENTICATION_REQUIRED"));
        Api.as(kim)
                .post(FACTOR + "/recovery-codes")
                .then()
                .spec(Api.problem(401, "REAUTHENTICATION_REQUIRED"));
    }

    @Test
    void is_part_of_a_fresh_proof() {
        var phone = Authenticator.enrol(kim);
        stale();
        String password = "{\"password\": \"" + TestTenant.PASSWORD + "\"";

        Api.as(kim)
                .body(password + "}")
                .post("/api/v1/auth/reauthenticate")
                .then()
                .spec(Api.problem(401, "SECOND_FACTOR_REQUIRED"));
        Api.as(kim).delete(FACTOR).then().spec(Api.problem(401, "REAUTHENTICATION_REQUIRED"));
        Api.as(kim)
                .body(password + ", \"otp\": \"" + phone.unusedCode() + "\"}")
                .post("/api/v1/auth/reauthenticate")
                .then()
                .statusCode(204);
        Api.as(kim).delete(FACTOR).then().statusCode(204);
    }

    @Test
    void is_nothing_that_a_token_touches() {
        String token = Api.newToken(kim, "");

        Api.bearer(token).post(FACTOR).then().spec(Api.forbidden());
        Api.bearer(token).get(FACTOR).then().spec(Api.forbidden());
        Api.bearer(token).delete(FACTOR).then().spec(Api.forbidden());
    }

    @Test
    void is_taken_away_by_an_administrator_who_holds_as_much() {
        Authenticator.enrol(kim);
        Person strong = tenant.holding("strong", "connection:7", "write");
        Authenticator.enrol(strong);
        Person delegate = tenant.holding("delegate", "admin:users", "admin");

        remove(delegate, strong).then().spec(Api.forbidden());
        remove(delegate, kim).then().statusCode(204);

        login(null).then().statusCode(200);
        Api.as(kim).get("/api/v1/auth/me").then().spec(Api.unauthenticated());
        remove(tenant.person("nobody"), strong).then().spec(Api.forbidden());
        remove(TestTenant.fresh().superuser("root"), strong).then().spec(Api.notFound());
    }

    @Test
    void is_stored_sealed_and_its_recovery_codes_as_digests() {
        var phone = Authenticator.enrol(kim);
        String row =
                TestTenant.query(
                        "select f::text from auth.second_factor f where user_id = ?", kim.id());

        assertThat(row).contains("k1:");
        assertThat(
                        TestTenant.query(
                                "select count(*) from auth.recovery_code where user_id = ?"
                                        + " and sha256 = sha256(?::bytea)",
                                kim.id(),
                                phone.recoveryCodes().get(3)))
                .isEqualTo("1");
    }

    private Response login(String otp) {
        String code = otp == null ? "" : ", \"otp\": \"" + otp + "\"";
        return Api.anyone()
                .body(
                        """
                        {"tenant": "%s", "username": "kim", "password": "%s"%s}
                        """
                                .formatted(tenant.id(), TestTenant.PASSWORD, code))
                .post("/api/v1/auth/login");
    }

    private Response remove(Person by, Person whose) {
        return Api.as(by).delete("/api/v1/users/" + whose.id() + "/second-factor");
    }

    private void stale() {
        TestTenant.run(
                "update auth.session set proved_at = now() - interval '11 minutes'"
                        + " where user_id = ?",
                kim.id());
    }

    private void fresh() {
        TestTenant.run("update auth.session set proved_at = now() where user_id = ?", kim.id());
    }
}
