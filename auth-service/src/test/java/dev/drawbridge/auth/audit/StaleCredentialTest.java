package dev.drawbridge.auth.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.auth.link.LinkPurpose;
import dev.drawbridge.auth.link.OneTimeLinks;
import dev.drawbridge.auth.mail.MailServer;
import dev.drawbridge.auth.name.EmailAddress;
import dev.drawbridge.auth.signon.TestProviders;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.OpaqueCredential;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;

import jakarta.inject.Inject;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Map;

/// A session that ended in a browser, or an old token, is nothing to endpoints that ask for no
/// credential: the record of what they do needs an address, and nobody's identity.
@QuarkusTest
@WithTestResource(AuthDatastore.class)
@WithTestResource(MailServer.class)
@WithTestResource(TestProviders.class)
class StaleCredentialTest {
    private final TestTenant tenant = TestTenant.fresh();
    private final Person kim = tenant.superuser("kim");
    private final EmailAddress address =
            EmailAddress.parse("email", "kim@" + tenant.id() + ".example");

    @Inject OneTimeLinks links;

    /// As a stale credential is sent.
    enum Sent {
        BEARER,
        COOKIE;

        RequestSpecification with(OpaqueCredential stale) {
            return this == BEARER
                    ? Api.bearer(stale.text())
                    : Api.anyone()
                            .cookie("__Host-drawbridge_session", stale.text())
                            .header("X-Drawbridge-Request", "1")
                            .header("Sec-Fetch-Site", "same-origin");
        }
    }

    @ParameterizedTest
    @EnumSource
    void does_not_keep_anybody_from_a_new_password(Sent sent) {
        sent.with(stale())
                .body(
                        "{\"token\": \"%s\", \"newPassword\": \"green tea at five\"}"
                                .formatted(token(LinkPurpose.PASSWORD_RESET)))
                .post("/api/v1/auth/password/reset")
                .then()
                .statusCode(204);

        recorded("password.reset");
    }

    @ParameterizedTest
    @EnumSource
    void does_not_keep_anybody_from_an_address(Sent sent) {
        sent.with(stale())
                .body("{\"token\": \"%s\"}".formatted(token(LinkPurpose.EMAIL)))
                .post("/api/v1/auth/email/confirm")
                .then()
                .statusCode(204);

        recorded("email.change");
    }

    @ParameterizedTest
    @EnumSource
    void does_not_keep_anybody_from_an_invitation(Sent sent) {
        sent.with(stale())
                .body(completion(token(LinkPurpose.INVITATION)))
                .post("/api/v1/auth/invitations/accept")
                .then()
                .statusCode(201);

        recorded("user.create");
    }

    @ParameterizedTest
    @EnumSource
    void does_not_keep_anybody_from_an_account(Sent sent) {
        sent.with(stale())
                .body(completion(token(LinkPurpose.REGISTRATION)))
                .post("/api/v1/auth/registration/complete")
                .then()
                .statusCode(201);

        recorded("user.create");
    }

    private static String completion(String token) {
        return """
        {"token": "%s", "username": "lee", "password": "green tea at five"}
        """
                .formatted(token);
    }

    private static OpaqueCredential stale() {
        return OpaqueCredential.generate(CredentialType.SESSION);
    }

    private String token(LinkPurpose purpose) {
        var draft = new OneTimeLinks.Draft(tenant.id(), kim.id(), address, Map.of());
        return links.make(purpose, draft).url().getFragment().substring("token=".length());
    }

    private void recorded(String action) {
        assertThat(
                        TestTenant.query(
                                """
                                select string_agg(client, ' ')
                                  from auth.audit_v1
                                 where tenant = ? and action = ? and user_id is null
                                """,
                                tenant.id(),
                                action))
                .isEqualTo("127.0.0.1");
    }
}
