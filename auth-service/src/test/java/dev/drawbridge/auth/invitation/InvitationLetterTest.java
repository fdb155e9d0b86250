package dev.drawbridge.auth.invitation;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.mail.MailServer;
import dev.drawbridge.auth.signon.TestProviders;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import org.junit.jupiter.api.Test;

/// With a real SMTP server: the link is in a letter.
@QuarkusTest
@WithTestResource(AuthDatastore.class)
@WithTestResource(MailServer.class)
@WithTestResource(TestProviders.class)
class InvitationLetterTest {
    private final TestTenant tenant = TestTenant.fresh();
    private final String address = "lee@" + tenant.id() + ".example";

    MailServer mail;

    @Test
    void is_sent_to_the_address_and_not_in_the_answer() {
        Api.as(tenant.superuser("root"))
                .body("{\"email\": \"" + address + "\"}")
                .post("/api/v1/invitations")
                .then()
                .statusCode(201)
                .body("link", nullValue());

        Api.anyone()
                .body(
                        """
                        {"token": "%s", "username": "lee", "password": "green tea at five"}
                        """
                                .formatted(mail.nextToken(address)))
                .post("/api/v1/auth/invitations/accept")
                .then()
                .statusCode(201)
                .body("email", equalTo(address));
    }
}
