package dev.drawbridge.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;

import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.Test;

import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

class VerificationKeysTest {
    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final Duration BETWEEN_FETCHES = Duration.ofMillis(2_100);

    private final TestAuth auth = new TestAuth();
    private final VerificationKeys keys = new VerificationKeys(auth, TestAuth.config());

    @Test
    void reads_the_caller_that_was_signed() {
        var caller =
                new Caller(
                        UUID.randomUUID(),
                        "kim",
                        "default",
                        false,
                        List.of("managers"),
                        Map.of("store_id", 7, "region", "north", "active", true),
                        new Caller.Credential(
                                CredentialType.API_TOKEN,
                                UUID.randomUUID(),
                                Instant.parse("2030-01-01T00:00:00Z"),
                                "edge"),
                        new Grants(Map.of(ProtectedObject.connection("7"), Level.WRITE)),
                        new Grants(Map.of(ProtectedObject.tool("*"), Level.READ)));

        assertThat(verify(auth.token(caller)).caller()).isEqualTo(caller);
    }

    @Test
    void fetches_the_keys_once() {
        verify(auth.token(TestAuth.caller()));
        verify(auth.token(TestAuth.caller()));

        assertThat(auth.fetches).hasValue(1);
    }

    @Test
    void learns_of_a_new_key_by_meeting_it() throws InterruptedException {
        verify(auth.token(TestAuth.caller()));
        var successor = auth.publish("k2");
        Thread.sleep(BETWEEN_FETCHES);

        assertThat(verify(TestAuth.sign(successor, TestAuth.claims())).caller())
                .isEqualTo(TestAuth.caller());
        assertThat(auth.fetches).hasValue(2);
    }

    @Test
    void is_not_made_to_fetch_by_made_up_key_ids() {
        verify(auth.token(TestAuth.caller()));

        for (int i = 0; i < 20; i++) {
            assertRefused(TestAuth.sign(TestAuth.key("made-up-" + i), TestAuth.claims()));
        }

        assertThat(auth.fetches).hasValue(1);
    }

    @Test
    void shares_a_fetch_that_is_under_way() {
        var published = new CompletableFuture<String>();
        auth.keySet = () -> Uni.createFrom().completionStage(() -> published);
        var waiting =
                Stream.generate(() -> keys.verify(auth.token(TestAuth.caller())))
                        .limit(20)
                        .map(Uni::subscribeAsCompletionStage)
                        .toList();

        published.complete(auth.keys());

        assertThat(waiting)
                .allSatisfy(
                        it -> assertThat(it).succeedsWithin(WAIT).isInstanceOf(AccessToken.class));
        assertThat(auth.fetches).hasValue(1);
    }

    @Test
    void goes_on_with_a_fetch_when_one_who_waits_for_it_gives_up() {
        var published = new CompletableFuture<String>();
        auth.keySet = () -> Uni.createFrom().completionStage(() -> published);
        var first = keys.verify(auth.token(TestAuth.caller())).subscribeAsCompletionStage();
        var second = keys.verify(auth.token(TestAuth.caller())).subscribeAsCompletionStage();

        first.cancel(false);
        published.complete(auth.keys());

        assertThat(second).succeedsWithin(WAIT);
    }

    @Test
    void does_not_fetch_for_each_made_up_key_id_while_auth_service_fails() {
        auth.keySet = () -> Uni.createFrom().failure(new ConnectException());

        for (int i = 0; i < 20; i++) {
            String token = TestAuth.sign(TestAuth.key("made-up-" + i), TestAuth.claims());
            assertThatThrownBy(() -> verify(token)).hasRootCauseInstanceOf(ConnectException.class);
        }

        assertThat(auth.fetches).hasValue(1);
    }

    @Test
    void refuses_another_issuer_audience_or_type() {
        assertRefused(signed(claims -> claims.setIssuer("http://other.test")));
        assertRefused(signed(claims -> claims.setAudience("other")));
        assertRefused(signed(claims -> claims.unsetClaim("aud")));
        assertRefused(TestAuth.sign(auth.published.getFirst(), "JWT", TestAuth.claims()));
        assertRefused(TestAuth.sign(auth.published.getFirst(), "id+jwt", TestAuth.claims()));
    }

    @Test
    void refuses_a_token_that_has_ended_never_ends_or_comes_from_the_future() {
        assertRefused(
                signed(claims -> {
                    claims.setIssuedAt(in(-340));
                    claims.setExpirationTime(in(-40));
                }));
        assertRefused(signed(claims -> claims.unsetClaim("exp")));
        assertRefused(
                signed(claims -> {
                    claims.setIssuedAt(in(40));
                    claims.setExpirationTime(in(340));
                }));
        assertRefused(signed(claims -> claims.setNotBefore(in(40))));
        assertRefused(signed(claims -> claims.setIssuedAt(in(-3_600))));
    }

    @Test
    void bears_with_a_clock_that_is_a_little_off() {
        assertThat(verify(signed(claims -> claims.setIssuedAt(in(25))))).isNotNull();
        assertThat(verify(signed(claims -> claims.setNotBefore(in(25))))).isNotNull();
        assertThat(
                        verify(
                                signed(claims -> {
                                    claims.setIssuedAt(in(-320));
                                    claims.setExpirationTime(in(-20));
                                })))
                .isNotNull();
    }

    @Test
    void refuses_a_token_without_a_signature() {
        String[] parts = auth.token(TestAuth.caller()).split("\\.");
        String header = "{\"typ\":\"at+jwt\",\"alg\":\"none\",\"kid\":\"k1\"}";

        assertRefused(base64(header) + "." + parts[1] + ".");
        assertRefused(base64(header) + "." + parts[1] + "." + parts[2]);
        assertRefused(parts[0] + "." + parts[1] + ".");
    }

    @Test
    void refuses_a_public_key_used_as_a_shared_secret() throws Exception {
        var signature = new JsonWebSignature();
        signature.setHeader("typ", AccessToken.TYPE);
        signature.setAlgorithmHeaderValue("HS256");
        signature.setKeyIdHeaderValue("k1");
        signature.setKey(new HmacKey(auth.published.getFirst().getPublicKey().getEncoded()));
        signature.setPayload(TestAuth.claims().toJson());

        assertRefused(signature.getCompactSerialization());
    }

    @Test
    void refuses_a_token_of_which_anything_was_changed() {
        String[] parts = auth.token(TestAuth.caller()).split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String promoted = claims.replace("\"superuser\":false", "\"superuser\":true");

        assertThat(promoted).isNotEqualTo(claims);
        assertRefused(parts[0] + "." + base64(promoted) + "." + parts[2]);
        assertRefused(TestAuth.sign(TestAuth.key("k1"), TestAuth.claims()));
    }

    @Test
    void refuses_texts_that_are_no_tokens() {
        for (String text :
                List.of("eyJ", "eyJ.", "eyJ..", "eyJhbGciOiJFUzI1NiJ9.e30.AA", "eyJ.e.e.e.e")) {
            assertRefused(text);
        }
    }

    @Test
    void does_not_believe_anything_while_the_keys_cannot_be_had() throws InterruptedException {
        auth.keySet = () -> Uni.createFrom().failure(new ConnectException());
        String token = auth.token(TestAuth.caller());
        assertThatThrownBy(() -> verify(token)).isNotNull();
        Thread.sleep(BETWEEN_FETCHES);

        auth.keySet = () -> Uni.createFrom().item("not a key set");
        assertThatThrownBy(() -> verify(token)).isNotNull();
        Thread.sleep(BETWEEN_FETCHES);

        auth.keySet = () -> Uni.createFrom().item(auth.keys());
        assertThat(verify(token)).isNotNull();
    }

    private String signed(Consumer<JwtClaims> change) {
        var claims = TestAuth.claims();
        change.accept(claims);
        return TestAuth.sign(auth.published.getFirst(), claims);
    }

    private AccessToken verify(String token) {
        return keys.verify(token).await().atMost(WAIT);
    }

    private void assertRefused(String token) {
        assertThatThrownBy(() -> verify(token))
                .as(token)
                .hasMessageContaining("AUTHENTICATION_ERROR");
    }

    private static NumericDate in(int seconds) {
        return NumericDate.fromSeconds(Instant.now().getEpochSecond() + seconds);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
