package dev.drawbridge.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.testkit.AtOnce;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class PasswordHashesTest {
    private static final Password HORSE = Password.choose("password", "correct horse battery");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PasswordHashes hashes = new PasswordHashes(config(1, 1), meters);

    @AfterEach
    void stop() {
        hashes.stop();
    }

    @Test
    void knows_the_password_that_it_hashed_and_no_other() {
        String hash = hashes.hash(HORSE);

        assertThat(hash).startsWith("$2b$12$").hasSize(60);
        assertThat(hashes.matches(HORSE, Optional.of(hash))).isTrue();
        assertThat(
                        hashes.matches(
                                Password.choose("password", "correct horse batterz"),
                                Optional.of(hash)))
                .isFalse();
    }

    @Test
    void salts_each_hash() {
        assertThat(hashes.hash(HORSE)).isNotEqualTo(hashes.hash(HORSE));
    }

    /// The expected hash was made with crypt(3) of libxcrypt.
    @Test
    void hashes_as_others_do_to_the_last_of_72_bytes() {
        String theirs = "$2b$12$abcdefghijklmnopqrstuu54EclbqC8XduEGLYgonKPRJ3bZnTXsi";

        assertThat(hashes.matches(Password.choose("p", "a".repeat(72)), Optional.of(theirs)))
                .isTrue();
        assertThat(hashes.matches(Password.choose("p", "a".repeat(71) + "b"), Optional.of(theirs)))
                .isFalse();
    }

    @Test
    void does_the_work_for_nobody_and_never_agrees() {
        assertThat(hashes.matches(HORSE, Optional.empty())).isFalse();

        assertThat(count("verify-nobody")).isEqualTo(1);
        assertThat(count("verify")).isZero();
    }

    @Test
    void refuses_early_when_too_many_wait() {
        int callers = 8;

        List<String> seen =
                AtOnce.of(
                        callers,
                        _ -> {
                            try {
                                return hashes.hash(HORSE).substring(0, 7);
                            } catch (ProblemException full) {
                                return full.problem().code();
                            }
                        });

        assertThat(seen).contains("$2b$12$").contains("OVERLOADED");
        assertThat(count("hash")).isLessThan(callers);
    }

    @Test
    void works_on_threads_of_its_own() {
        assertThat(hashes.hash(HORSE)).isNotNull();

        assertThat(Thread.getAllStackTraces().keySet())
                .anyMatch(
                        thread -> thread.getName().startsWith("password-") && !thread.isVirtual());
    }

    @Test
    void fails_on_a_stored_hash_that_is_none() {
        assertThat(hashes.matches(HORSE, Optional.of("plain text"))).isFalse();
        assertThatThrownBy(() -> new PasswordHashes(config(-1, 1), meters))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private long count(String purpose) {
        var timer = meters.find("auth.password.hash").tag("purpose", purpose).timer();
        return timer == null ? 0 : timer.count();
    }

    private static PasswordConfig config(int threads, int queue) {
        return new PasswordConfig() {
            @Override
            public int threads() {
                return threads;
            }

            @Override
            public int queue() {
                return queue;
            }
        };
    }
}
