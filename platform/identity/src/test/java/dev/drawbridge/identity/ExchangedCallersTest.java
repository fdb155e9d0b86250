package dev.drawbridge.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

class ExchangedCallersTest {
    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final String TOKEN = OpaqueCredential.generate(CredentialType.API_TOKEN).text();

    private final TestAuth auth = new TestAuth();
    private final ExchangedCallers callers =
            new ExchangedCallers(
                    auth, new VerificationKeys(auth, TestAuth.config()), TestAuth.config());

    @BeforeEach
    void hear() {
        callers.startRemembering();
    }

    @Test
    void remembers_who_is_behind_a_credential() {
        assertThat(caller()).isEqualTo(TestAuth.caller());
        assertThat(caller()).isEqualTo(TestAuth.caller());

        assertThat(auth.exchanges).hasValue(1);
    }

    @Test
    void asks_again_for_every_request_while_it_cannot_hear_revocations() {
        callers.stopRemembering();

        caller();
        caller();

        assertThat(auth.exchanges).hasValue(2);
    }

    @Test
    void forgets_everyone_when_it_can_no_longer_hear_revocations() {
        caller();

        callers.stopRemembering();
        callers.startRemembering();
        caller();

        assertThat(auth.exchanges).hasValue(2);
    }

    @Test
    void asks_again_when_the_access_token_has_ended() {
        auth.answer =
                () -> {
                    var claims = TestAuth.claims();
                    claims.setExpirationTime(
                            NumericDate.fromSeconds(Instant.now().getEpochSecond()));
                    return Uni.createFrom().item(TestAuth.sign(auth.published.getFirst(), claims));
                };

        caller();
        caller();

        assertThat(auth.exchanges).hasValue(2);
    }

    @Test
    void forgets_whom_a_revocation_concerns_and_no_one_else() {
        caller();

        callers.forget(Revocation.ofUser(new java.util.UUID(9, 9))::concerns);
        caller();
        assertThat(auth.exchanges).hasValue(1);

        callers.forget(Revocation.ofUser(TestAuth.caller().id())::concerns);
        caller();
        assertThat(auth.exchanges).hasValue(2);
    }

    @Test
    void does_not_remember_an_answer_that_may_be_older_than_a_revocation() {
        var slow = new CompletableFuture<String>();
        auth.answer = () -> Uni.createFrom().completionStage(slow);
        var before = callers.caller(TOKEN).subscribeAsCompletionStage();

        callers.forget(Revocation.ofUser(new java.util.UUID(9, 9))::concerns);
        slow.complete(auth.token(TestAuth.caller()));
        assertThat(before.join()).isEqualTo(TestAuth.caller());
        auth.answer = () -> Uni.createFrom().failure(new WebApplicationException(401));

        assertThatThrownBy(this::caller).hasMessageContaining("The credential is not valid");
    }

    @Test
    void asks_once_for_many_requests_at_the_same_time() {
        var slow = new CompletableFuture<String>();
        auth.answer = () -> Uni.createFrom().completionStage(slow);
        var first = callers.caller(TOKEN).subscribeAsCompletionStage();
        var second = callers.caller(TOKEN).subscribeAsCompletionStage();

        slow.complete(auth.token(TestAuth.caller()));

        assertThat(first.join()).isEqualTo(second.join());
        assertThat(auth.exchanges).hasValue(1);
    }

    @Test
    void refuses_what_auth_service_refuses_and_asks_it_again_the_next_time() {
        auth.answer = () -> Uni.createFrom().failure(new WebApplicationException(401));

        assertThatThrownBy(this::caller).hasMessageContaining("The credential is not valid");
        assertThatThrownBy(this::caller).hasMessageContaining("AUTHENTICATION_ERROR");

        assertThat(auth.exchanges).hasValue(2);
    }

    @Test
    void passes_on_that_and_until_when_auth_service_refuses_more_attempts() {
        Response limited = Response.status(429).header("Retry-After", "7").build();
        auth.answer = () -> Uni.createFrom().failure(new WebApplicationException(limited));

        assertThatThrownBy(this::caller)
                .hasMessageContaining("RATE_LIMITED")
                .hasMessageContaining("7 s");

        auth.answer = () -> Uni.createFrom().failure(new WebApplicationException(429));
        assertThatThrownBy(this::caller).hasMessageContaining("RATE_LIMITED");
    }

    @Test
    void refuses_the_unknown_while_auth_service_is_down_and_knows_the_known() {
        caller();
        auth.answer = () -> Uni.createFrom().failure(new ConnectException("refused"));
        String unknown = OpaqueCredential.generate(CredentialType.SESSION).text();

        assertThat(caller()).isEqualTo(TestAuth.caller());
        assertThatThrownBy(() -> callers.caller(unknown).await().atMost(WAIT))
                .hasMessageContaining("UPSTREAM_ERROR")
                .hasMessageContaining("cannot be checked at the moment");
    }

    @Test
    void lets_people_in_again_when_auth_service_is_back() {
        auth.answer = () -> Uni.createFrom().failure(new ConnectException("refused"));
        assertThatThrownBy(this::caller).isNotNull();

        auth.answer = () -> Uni.createFrom().item(auth.token(TestAuth.caller()));

        assertThat(caller()).isEqualTo(TestAuth.caller());
    }

    @Test
    void does_not_wait_for_an_auth_service_that_never_answers() {
        auth.answer = () -> Uni.createFrom().nothing();

        assertThatThrownBy(this::caller).hasMessageContaining("UPSTREAM_ERROR");
    }

    @Test
    void refuses_an_answer_that_auth_service_did_not_sign() {
        auth.answer =
                () -> Uni.createFrom().item(TestAuth.sign(TestAuth.key("k1"), TestAuth.claims()));

        assertThatThrownBy(this::caller).hasMessageContaining("AUTHENTICATION_ERROR");
    }

    @Test
    void refuses_a_malformed_credential_without_asking() {
        for (String text :
                new String[] {"", "x", "dbk_", TOKEN + "x", "dbx_" + TOKEN.substring(4)}) {
            assertThatThrownBy(() -> callers.caller(text).await().atMost(WAIT))
                    .hasMessageContaining("AUTHENTICATION_ERROR");
        }

        assertThat(auth.exchanges).hasValue(0);
    }

    @Test
    void takes_service_role_keys_only_where_they_are_accepted() {
        Caller known = TestAuth.caller();
        Caller backEnd =
                new Caller(
                        known.id(),
                        known.username(),
                        known.tenant(),
                        known.superuser(),
                        known.groups(),
                        known.attributes(),
                        new Caller.Credential(
                                CredentialType.SERVICE_ROLE,
                                known.credential().id(),
                                null,
                                null,
                                new Caller.RateLimit(60, 1)),
                        known.grants(),
                        known.scopes());
        String key = OpaqueCredential.generate(CredentialType.SERVICE_ROLE).text();
        String signed = auth.token(backEnd);
        auth.answer = () -> Uni.createFrom().item(signed);
        var accepting =
                new ExchangedCallers(
                        auth, new VerificationKeys(auth, TestAuth.config()), TestAuth.config(true));

        for (String shown : new String[] {key, signed}) {
            assertThatThrownBy(() -> callers.caller(shown).await().atMost(WAIT))
                    .hasMessageContaining("AUTHENTICATION_ERROR");
            assertThat(accepting.caller(shown).await().atMost(WAIT)).isEqualTo(backEnd);
        }
    }

    @Test
    void asks_for_each_address_and_says_which() {
        callers.caller(TOKEN, "10.0.0.1").await().atMost(WAIT);
        callers.caller(TOKEN, "10.0.0.1").await().atMost(WAIT);
        callers.caller(TOKEN, "10.0.0.2").await().atMost(WAIT);
        callers.caller(TOKEN).await().atMost(WAIT);

        assertThat(auth.addresses).containsExactly("10.0.0.1", "10.0.0.2", null);
    }

    @Test
    void remembers_nobody_for_another_address_than_its_own() {
        auth.answer =
                () ->
                        "10.0.0.1".equals(auth.addresses.getLast())
                                ? Uni.createFrom().item(auth.token(TestAuth.caller()))
                                : Uni.createFrom().failure(new WebApplicationException(401));

        assertThat(callerFrom("10.0.0.1")).isEqualTo(TestAuth.caller());
        assertThatThrownBy(() -> callerFrom("10.0.0.2"))
                .hasMessageContaining("The credential is not valid");
        assertThat(callerFrom("10.0.0.1")).isEqualTo(TestAuth.caller());
        assertThatThrownBy(() -> callerFrom("10.0.0.2"))
                .hasMessageContaining("The credential is not valid");
        assertThat(auth.addresses).containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.2");
    }

    private Caller callerFrom(String address) {
        return callers.caller(TOKEN, address).await().atMost(WAIT);
    }

    private Caller caller() {
        return callers.caller(TOKEN).await().atMost(WAIT);
    }
}
