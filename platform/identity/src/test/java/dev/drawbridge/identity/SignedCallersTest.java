package dev.drawbridge.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.identity.network.Cidr;

import io.smallrye.mutiny.Uni;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.ConnectException;
import java.time.Duration;
import java.util.List;

/// Callers who show a JSON Web Token: one of auth-service's, or of an identity provider.
class SignedCallersTest {
    private static final Duration WAIT = Duration.ofSeconds(5);

    private final TestAuth auth = new TestAuth();
    private final ExchangedCallers callers =
            new ExchangedCallers(
                    auth, new VerificationKeys(auth, TestAuth.config()), TestAuth.config());

    @BeforeEach
    void hear() {
        callers.startRemembering();
    }

    @Test
    void reads_an_access_token_itself() {
        String token = auth.token(TestAuth.caller());

        assertThat(callers.caller(token).await().atMost(WAIT)).isEqualTo(TestAuth.caller());
        assertThat(auth.exchanges).hasValue(0);
    }

    @Test
    void takes_an_access_token_from_the_networks_of_its_credential_only() {
        var known = TestAuth.caller();
        var bound =
                new Caller.Credential(
                        known.credential().type(),
                        known.credential().id(),
                        null,
                        null,
                        null,
                        List.of(Cidr.parse("10.7.0.0/16"), Cidr.parse("2001:db8::/32")));
        var caller =
                new Caller(
                        known.id(),
                        known.username(),
                        known.tenant(),
                        known.superuser(),
                        known.groups(),
                        known.attributes(),
                        bound,
                        known.grants(),
                        known.scopes());
        String token = auth.token(caller);

        assertThat(callers.caller(token, "10.7.1.9").await().atMost(WAIT)).isEqualTo(caller);
        assertThat(callers.caller(token, "2001:db8::7").await().atMost(WAIT)).isEqualTo(caller);
        for (String elsewhere : new String[] {"10.8.1.9", "::1", "nowhere"}) {
            assertThatThrownBy(() -> callers.caller(token, elsewhere).await().atMost(WAIT))
                    .hasMessageContaining("AUTHENTICATION_ERROR");
        }
        assertThatThrownBy(() -> callers.caller(token).await().atMost(WAIT))
                .hasMessageContaining("AUTHENTICATION_ERROR");
    }

    @Test
    void says_nothing_of_an_access_token_whose_key_cannot_be_asked_for() {
        String token = auth.token(TestAuth.caller());
        auth.keySet = () -> Uni.createFrom().failure(new ConnectException("refused"));

        assertThatThrownBy(() -> callers.caller(token).await().atMost(WAIT))
                .hasMessageContaining("UPSTREAM_ERROR");
        callers.stopRemembering();
        assertThatThrownBy(() -> callers.caller(token).await().atMost(WAIT))
                .hasMessageContaining("UPSTREAM_ERROR");
    }

    @Test
    void lets_auth_service_judge_a_token_of_an_identity_provider() {
        var claims = TestAuth.claims();
        claims.setIssuer("https://id.example.com");
        String foreign = TestAuth.sign(TestAuth.key("foreign"), claims);

        assertThat(callers.caller(foreign).await().atMost(WAIT)).isEqualTo(TestAuth.caller());
        assertThat(callers.caller(foreign).await().atMost(WAIT)).isEqualTo(TestAuth.caller());

        assertThat(auth.exchanges).hasValue(1);
    }

    @Test
    void asks_nobody_about_a_token_that_no_issuer_claims_or_that_is_too_long() {
        var claims = TestAuth.claims();
        claims.unsetClaim("iss");
        String nobodys = TestAuth.sign(TestAuth.key("foreign"), claims);
        claims.setIssuer("https://id.example.com/" + "x".repeat(20_000));
        String endless = TestAuth.sign(TestAuth.key("foreign"), claims);

        for (String jwt : new String[] {nobodys, endless, "eyJ", "eyJ.eyJ.x"}) {
            assertThatThrownBy(() -> callers.caller(jwt).await().atMost(WAIT))
                    .hasMessageContaining("AUTHENTICATION_ERROR");
        }

        assertThat(auth.exchanges).hasValue(0);
    }

    @Test
    void fails_as_a_result_and_not_as_a_surprise_on_a_malformed_access_token() {
        assertThat(callers.caller("eyJ.x").onFailure().recoverWithNull().await().atMost(WAIT))
                .isNull();
    }
}
