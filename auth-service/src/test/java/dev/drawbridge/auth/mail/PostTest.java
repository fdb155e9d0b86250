package dev.drawbridge.auth.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.name.EmailAddress;
import dev.drawbridge.auth.signon.TestProviders;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import java.util.UUID;

/// With a real SMTP server.
@QuarkusTest
@WithTestResource(AuthDatastore.class)
@WithTestResource(MailServer.class)
@WithTestResource(TestProviders.class)
class PostTest {
    @Inject Post post;

    MailServer mail;

    @Test
    void survives_a_connection_that_breaks() {
        Letter letter = to(MailServer.BROKEN);

        post.send(letter);

        assertThat(mail.to(letter.to().text())).hasSize(1);
    }

    @Test
    void sends_no_letter_again_that_was_refused() {
        Letter letter = to(MailServer.REFUSED);

        assertThatThrownBy(() -> post.send(letter)).hasMessageContaining("UPSTREAM_ERROR");

        assertThat(mail.refusals(letter.to().text())).isEqualTo(1);
    }

    @Test
    void gives_up_on_a_server_that_does_not_answer() {
        assertThatThrownBy(() -> post.send(to(MailServer.SLOW)))
                .hasMessageContaining("UPSTREAM_ERROR");
    }

    private static Letter to(String mailbox) {
        String address = mailbox + "@" + UUID.randomUUID() + ".example";
        return new Letter(EmailAddress.parse("email", address), "Anything", "Whatever");
    }
}
