package dev.drawbridge.auth.signon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.mail.MailServer;
import dev.drawbridge.testkit.AtOnce;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// Who becomes a user, and whose account a sign-on is.
@QuarkusTest
@WithTestResource(AuthDatastore.class)
@WithTestResource(MailServer.class)
@WithTestResource(TestProviders.class)
class ExternalUsersTest {
    private final TestTenant tenant = TestTenant.named("default");
    private final Browser browser = new Browser();
    private final String name = "ann-" + UUID.randomUUID();

    @BeforeEach
    void reset() {
        TestProviders.corp().reset();
        TestProviders.multi().reset();
        TestProviders.corp().person = Map.of("sub", name, "preferred_username", name);
    }

    @Test
    void puts_people_into_the_tenant_that_the_provider_says() {
        TestTenant acme = TestTenant.named("acme");
        var person = acme.person(name);
        TestTenant.run(
                "insert into auth.external_identity (tenant_id, id, user_id, issuer, subject)"
                        + " values ('acme', gen_random_uuid(), ?, ?, ?)",
                person.id(),
                TestProviders.multi().issuer(),
                name);
        TestProviders.multi().person = Map.of("sub", name, "org", "acme");

        browser.signOn("multi").then().statusCode(302);

        Api.bearer(browser.session())
                .get("/api/v1/auth/me")
                .then()
                .body("tenant", equalTo("acme"))
                .body("id", equalTo(person.id().toString()));
        TestProviders.multi().person = Map.of("sub", name, "org", "other");
        browser.signOn("multi").then().spec(Api.unauthenticated());
        TestProviders.multi().person = Map.of("sub", name);
        browser.signOn("multi").then().spec(Api.unauthenticated());
    }

    @Test
    void tells_whom_the_provider_puts_into_another_tenant_than_before_what_they_can_do() {
        TestTenant.run(
                "insert into auth.external_identity (tenant_id, id, user_id, issuer, subject)"
                        + " values ('default', gen_random_uuid(), ?, ?, ?)",
                tenant.person(name).id(),
                TestProviders.multi().issuer(),
                name);
        TestTenant.named("acme");
        TestProviders.multi().person = Map.of("sub", name, "org", "acme");

        browser.signOn("multi")
                .then()
                .spec(Api.unauthenticated())
                .body("detail", endsWith("Sign in to that account in another way and unlink it."));
    }

    @Test
    void makes_no_user_where_the_provider_may_not() {
        TestProviders.multi().person =
                Map.of("sub", name, "preferred_username", name, "org", "acme");

        browser.signOn("multi").then().spec(Api.unauthenticated());

        assertThat(browser.session()).isNull();
    }

    @Test
    void never_takes_an_account_because_its_name_or_address_is_the_same() {
        tenant.person(name);
        TestTenant.run(
                "update auth.users set email = 'a@example.com', email_key = 'a@example.com'"
                        + " where username = ?",
                name);
        TestProviders.corp().person =
                Map.of(
                        "sub",
                        name,
                        "preferred_username",
                        name.toUpperCase(java.util.Locale.ROOT),
                        "email",
                        "a@example.com",
                        "email_verified",
                        true);

        browser.signOn("corp").then().spec(Api.conflict()).body("detail", startsWith("There is"));

        assertThat(browser.session()).isNull();
    }

    @Test
    void lets_no_disabled_user_in() {
        browser.signOn("corp");
        String before = browser.session();
        TestTenant.run("update auth.users set enabled = false where username = ?", name);

        browser.signOn("corp").then().spec(Api.unauthenticated());

        Api.bearer(before).get("/api/v1/auth/me").then().spec(Api.unauthenticated());
    }

    @ParameterizedTest
    @CsvSource({"''", "has space", "a/b"})
    void makes_no_user_of_a_name_that_nobody_can_have(String username) {
        TestProviders.corp().person = Map.of("sub", name, "preferred_username", username);

        browser.signOn("corp")
                .then()
                .spec(Api.unauthenticated())
                .body("detail", not(startsWith("The credential")));
    }

    @Test
    void makes_one_user_of_many_first_sign_ons_at_once() {
        List<Browser> browsers = Stream.generate(Browser::new).limit(8).toList();
        List<URI> answers =
                browsers.stream().map(each -> each.authorize(each.start("corp"))).toList();

        var statuses = AtOnce.of(8, i -> browsers.get(i).callback(answers.get(i)).statusCode());

        assertThat(statuses).containsOnly(302);
        assertThat(
                        TestTenant.query(
                                "select count(*) from auth.external_identity where subject = ?",
                                name))
                .isEqualTo("1");
    }
}
