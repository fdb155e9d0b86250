package dev.drawbridge.auth.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.testkit.AtOnce;

import org.awaitility.Awaitility;
import org.jose4j.jwk.OctJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// How a provider's keys are learnt and forgotten.
class ProviderKeysTest extends ProviderCase {
    @Test
    void learns_a_rotated_key_and_forgets_the_withdrawn_one() {
        String before = idp.sign(claims(RESOURCE));
        check(before);
        now = now.plusSeconds(30);
        idp.rotate();

        check(idp.sign(claims(RESOURCE)));

        refuses(() -> check(before));
    }

    @Test
    void does_not_ask_for_each_unknown_key() {
        check(idp.sign(claims(RESOURCE)));
        now = now.plusSeconds(30);
        int before = idp.keyFetches.get();

        for (int i = 0; i < 20; i++) {
            var unknown = TestProvider.newKey();
            refuses(() -> check(idp.sign(claims(RESOURCE), "JWT", "RS256", unknown)));
        }

        assertThat(idp.keyFetches.get() - before).isEqualTo(1);
    }

    @Test
    void goes_on_for_an_hour_with_known_keys_while_the_provider_is_down() {
        var down = TestProvider.start();
        var known = provider(down, clock);
        tokens.bearer(known, down.sign(down.claims(RESOURCE, now)), List.of(RESOURCE));
        down.close();

        now = now.plus(Duration.ofMinutes(50));
        String jwt = down.sign(down.claims(RESOURCE, now));
        assertThat(tokens.bearer(known, jwt, List.of(RESOURCE))).isNotNull();
        now = now.plus(Duration.ofMinutes(11));
        String later = down.sign(down.claims(RESOURCE, now));
        assertThatThrownBy(() -> tokens.bearer(known, later, List.of(RESOURCE)))
                .hasMessageContaining("UPSTREAM_ERROR");
    }

    @Test
    void lets_all_wait_who_come_while_the_keys_are_fetched_for_the_first_time() {
        var fresh = provider(idp, clock);
        String jwt = idp.sign(claims(RESOURCE));
        int before = idp.keyFetches.get();

        var checked = AtOnce.of(16, _ -> tokens.bearer(fresh, jwt, List.of(RESOURCE)));

        assertThat(checked).allMatch(claims -> claims.hasClaim("sub"));
        assertThat(idp.keyFetches.get() - before).isEqualTo(1);
    }

    @Test
    void lets_nobody_wait_long_behind_one_slow_fetch() throws Exception {
        var slow = new CountDownLatch(1);
        var asked = new AtomicInteger();
        var keys =
                keys(() -> {
                    asked.incrementAndGet();
                    slow.await();
                    return idp.keySet();
                });

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                var first = threads.submit(() -> keys.resolveKey(signature(), List.of()));
                Awaitility.await().until(() -> asked.get() == 1);
                var others =
                        IntStream.range(0, 8)
                                .mapToObj(_ ->
                                        threads.submit(
                                                () -> keys.resolveKey(signature(), List.of())))
                                .toList();
                for (var other : others) {
                    assertThatThrownBy(() -> other.get(10, TimeUnit.SECONDS))
                            .hasMessageContaining("UPSTREAM_ERROR");
                }
                slow.countDown();
                assertThat(first.get()).isNotNull();
            } finally {
                slow.countDown();
            }
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void holds_no_secret_that_the_provider_publishes_by_mistake() {
        var secret = OctJwkGenerator.generateJwk(256);
        secret.setKeyId("oct");
        idp.leaked = secret;
        var signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue("HS256");
        signature.setKeyIdHeaderValue("oct");

        assertThat(idp.keySet()).contains("\"oct\"");
        assertThatThrownBy(() -> keys(idp::keySet).resolveKey(signature, List.of()))
                .hasMessageContaining("no such key");
    }

    @Test
    void keeps_good_keys_when_the_provider_sends_something_else() {
        var sending = new java.util.concurrent.atomic.AtomicReference<>(idp.keySet());
        var keys = keys(sending::get);
        var signature = signature();
        assertThatCode(() -> keys.resolveKey(signature, List.of())).doesNotThrowAnyException();

        sending.set("{}");
        now = now.plus(Duration.ofMinutes(11));

        assertThatCode(() -> keys.resolveKey(signature, List.of())).doesNotThrowAnyException();
        now = now.plus(Duration.ofHours(1));
        assertThatThrownBy(() -> keys.resolveKey(signature, List.of()))
                .hasMessageContaining("UPSTREAM_ERROR");
    }

    private ProviderKeys keys(Callable<String> source) {
        return new ProviderKeys(
                "test",
                () -> {
                    try {
                        return source.call();
                    } catch (Exception failure) {
                        throw new IllegalStateException(failure);
                    }
                },
                new ProviderKeys.Pace(Duration.ofSeconds(10), Duration.ofMillis(200)),
                clock);
    }

    private static JsonWebSignature signature() {
        var signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue("RS256");
        signature.setKeyIdHeaderValue(idp.published.getLast().getKeyId());
        return signature;
    }
}
