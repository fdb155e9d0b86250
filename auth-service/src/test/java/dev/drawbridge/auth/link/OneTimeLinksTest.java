package dev.drawbridge.auth.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.name.EmailAddress;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
class OneTimeLinksTest {
    @Inject OneTimeLinks links;

    private final String tenant = TestTenant.fresh().id();

    @ParameterizedTest
    @ValueSource(strings = {"kim@acme.example", "KIM@Acme.Example", "k\u0130m@acme.example"})
    void are_sent_to_a_mailbox_three_at_a_time(String address) {
        EmailAddress email = EmailAddress.parse("email", address);
        for (int i = 0; i < 3; i++) {
            assertThat(links.maySend(tenant, LinkPurpose.REGISTRATION, email)).isTrue();
            links.make(
                    LinkPurpose.REGISTRATION,
                    new OneTimeLinks.Draft(tenant, null, email, Map.of()));
        }

        assertThat(links.maySend(tenant, LinkPurpose.REGISTRATION, email)).isFalse();
        assertThat(links.maySend(tenant, LinkPurpose.PASSWORD_RESET, email)).isTrue();
        assertThat(links.maySend(TestTenant.fresh().id(), LinkPurpose.REGISTRATION, email))
                .isTrue();
    }

    @Test
    void are_counted_though_they_were_used() {
        EmailAddress email = EmailAddress.parse("email", "kim@acme.example");
        for (int i = 0; i < 3; i++) {
            assertThat(links.maySend(tenant, LinkPurpose.REGISTRATION, email)).isTrue();
            var made =
                    links.make(
                            LinkPurpose.REGISTRATION,
                            new OneTimeLinks.Draft(tenant, null, email, Map.of()));
            links.use(LinkPurpose.REGISTRATION, made.link());
        }

        assertThat(links.maySend(tenant, LinkPurpose.REGISTRATION, email)).isFalse();
    }

    @Test
    void are_sent_in_no_tenant_that_is_not_there() {
        EmailAddress email = EmailAddress.parse("email", "kim@acme.example");

        assertThat(links.maySend("no such tenant", LinkPurpose.REGISTRATION, email)).isFalse();
    }
}
