package dev.drawbridge.auth.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.identity.network.ClientAddress;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.sql.Db;
import dev.drawbridge.sql.SecretBox;
import dev.drawbridge.testkit.AtOnce;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Two replicas, each with its own objects, over one datastore, at a time that the test sets.
@QuarkusTest
@WithTestResource(AuthDatastore.class)
class AttemptsTest {
    private static final AtomicInteger ADDRESSES = new AtomicInteger();
    private static final AttemptConfig LIMITS = TestLimits.of("5/10s", "1000/10s");
    private static final AttemptConfig ACCOUNT_LIMITS = TestLimits.of("1000/10s", "3/6s");
    private static final AttemptConfig LOCKOUT_ONLY = TestLimits.of("1000/10s", "1000/10s");

    @Inject AttemptRepository buckets;
    @Inject LockoutRepository lockouts;
    @Inject SecretBox secrets;
    @Inject Db db;

    private final ClientAddress address = freshAddress();
    private final String tenant = UUID.randomUUID().toString();
    private volatile Instant now = Instant.parse("2030-01-01T00:00:00Z");

    @Test
    void lets_an_address_try_so_often_at_both_replicas_together() {
        Attempts one = replica(LIMITS);
        Attempts other = replica(LIMITS);

        for (int i = 0; i < 5; i++) {
            (i % 2 == 0 ? one : other).begin(guess("user-" + i));
        }

        assertThat(refusal(one, "user-6")).contains(Duration.ofSeconds(2));
        assertThat(refusal(other, "user-7")).contains(Duration.ofSeconds(2));
        one.begin(new Attempt(Method.PASSWORD, freshAddress(), tenant, "user-0"));
        now = now.plusSeconds(2);
        assertThat(refusal(other, "user-8")).isEmpty();
        assertThat(refusal(one, "user-9")).contains(Duration.ofSeconds(2));
        now = now.plusSeconds(3600);
        assertThat(IntStream.range(0, 9).filter(i -> refusal(one, "a" + i).isEmpty()).count())
                .isEqualTo(5);
    }

    @Test
    void lets_an_account_be_tried_so_often_from_anywhere() {
        Attempts replica = replica(ACCOUNT_LIMITS);
        for (int i = 0; i < 3; i++) {
            replica.begin(new Attempt(Method.PASSWORD, freshAddress(), tenant, "kim"));
        }

        assertThat(refusal(replica, "kim")).contains(Duration.ofSeconds(2));
        assertThat(refusal(replica, "lee")).isEmpty();
    }

    @Test
    void gives_back_what_succeeds() {
        Attempts replica = replica(TestLimits.of("5/10s", "3/6s"));

        for (int i = 0; i < 50; i++) {
            replica.begin(guess("kim"));
            replica.succeeded(guess("kim"));
        }

        assertThat(refusal(replica, "kim")).isEmpty();
    }

    @Test
    void never_lets_more_through_however_many_come_at_once() {
        Attempts one = replica(LIMITS);
        Attempts other = replica(LIMITS);

        var passed = AtOnce.of(64, i -> refusal(i % 2 == 0 ? one : other, "user-" + i).isEmpty());

        assertThat(passed).filteredOn(yes -> yes).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"known", "no body\u0000"})
    void locks_an_account_after_ten_failures_for_longer_and_longer(String name) {
        Attempts one = replica(LOCKOUT_ONLY);
        Attempts other = replica(LOCKOUT_ONLY);
        for (int i = 0; i < 9; i++) {
            fail(i % 2 == 0 ? one : other, name);
        }
        assertThat(refusal(one, name)).isEmpty();

        fail(other, name);

        for (Duration lock = Duration.ofMinutes(1);
                lock.compareTo(Duration.ofHours(1)) < 0;
                lock = lock.multipliedBy(2)) {
            assertThat(refusal(one, name)).contains(lock);
            now = now.plus(lock).minusSeconds(1);
            assertThat(refusal(other, name)).contains(Duration.ofSeconds(1));
            now = now.plusSeconds(1);
            fail(one, name);
        }
        assertThat(refusal(one, name)).contains(Duration.ofHours(1));
        now = now.plus(Duration.ofHours(1));
        fail(one, name);
        assertThat(refusal(one, name)).contains(Duration.ofHours(1));
        assertThat(refusal(one, "somebody else")).isEmpty();
    }

    @Test
    void does_not_count_what_comes_while_an_account_is_locked() {
        Attempts replica = replica(LOCKOUT_ONLY);
        lock(replica, "kim");

        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> replica.failed(guess("kim")))
                    .hasMessageContaining("RATE_LIMITED");
        }

        assertThat(refusal(replica, "kim")).contains(Duration.ofMinutes(1));
    }

    @Test
    void throws_away_a_right_guess_that_was_under_way_when_the_account_was_locked() {
        Attempts replica = replica(LOCKOUT_ONLY);
        replica.begin(guess("kim"));
        lock(replica, "kim");

        assertThatThrownBy(() -> replica.succeeded(guess("kim")))
                .hasMessageContaining("RATE_LIMITED");

        assertThat(refusal(replica, "kim")).contains(Duration.ofMinutes(1));
    }

    @Test
    void judges_ten_of_many_guesses_that_are_under_way_at_once() {
        Attempts one = replica(LOCKOUT_ONLY);
        Attempts other = replica(LOCKOUT_ONLY);

        var judged =
                AtOnce.of(
                        64,
                        i -> {
                            try {
                                (i % 2 == 0 ? one : other).failed(guess("kim"));
                                return true;
                            } catch (ProblemException _) {
                                return false;
                            }
                        });

        assertThat(judged).filteredOn(yes -> yes).hasSize(10);
    }

    @Test
    void forgets_failures_at_a_success_and_after_a_day() {
        Attempts replica = replica(LOCKOUT_ONLY);
        IntStream.range(0, 9).forEach(_ -> fail(replica, "kim"));
        replica.succeeded(guess("kim"));
        IntStream.range(0, 9).forEach(_ -> fail(replica, "kim"));
        now = now.plus(Duration.ofHours(25));

        fail(replica, "kim");

        assertThat(refusal(replica, "kim")).isEmpty();
    }

    @Test
    void opens_an_account_that_an_administrator_unlocks() {
        Attempts replica = replica(LOCKOUT_ONLY);
        lock(replica, "kim");

        new Lockouts(lockouts, secrets, db, LOCKOUT_ONLY).unlock(tenant, "kim");

        assertThat(refusal(replica, "kim")).isEmpty();
        IntStream.range(0, 9).forEach(_ -> fail(replica, "kim"));
        assertThat(refusal(replica, "kim")).isEmpty();
    }

    @Test
    void counts_tokens_that_do_not_work_by_address() {
        Attempts replica = replica(LIMITS);
        IntStream.range(0, 4).forEach(_ -> replica.refusedToken(address));

        assertThatThrownBy(() -> replica.refusedToken(address))
                .hasMessageContaining("RATE_LIMITED");
        replica.refusedToken(freshAddress());
        assertThat(refusal(replica, "kim")).isEmpty();
    }

    @Test
    void keeps_no_name_that_was_typed() {
        Attempts replica = replica(LOCKOUT_ONLY);
        fail(replica, "my-password-in-the-wrong-field");

        assertThat(
                        TestTenant.query(
                                """
                                select count(*)
                                  from (select t::text as line from auth.attempt_limit t
                                         union all
                                        select t::text from auth.lockout t) as lines
                                 where line like '%my-password%'
                                """))
                .isEqualTo("0");
    }

    @Test
    void removes_what_is_full_or_forgotten() {
        TestTenant.run("insert into auth.attempt_limit (bucket, full_at) values ('old', now())");
        TestTenant.run(
                "insert into auth.lockout (subject, failures, failed_at)"
                        + " values ('old', 3, now() - interval '25 hours')");

        buckets.removeFull();
        lockouts.removeForgotten();

        assertThat(
                        TestTenant.query(
                                "select (select count(*) from auth.lockout where subject = 'old')"
                                        + " + (select count(*) from auth.attempt_limit"
                                        + " where bucket = 'old')"))
                .isEqualTo("0");
    }

    private void lock(Attempts replica, String name) {
        IntStream.range(0, 10).forEach(_ -> replica.failed(guess(name)));
    }

    private void fail(Attempts replica, String name) {
        replica.begin(guess(name));
        replica.failed(guess(name));
    }

    private Attempt guess(String name) {
        return new Attempt(Method.PASSWORD, address, tenant, name);
    }

    private Optional<Duration> refusal(Attempts replica, String name) {
        try {
            replica.begin(guess(name));
            return Optional.empty();
        } catch (ProblemException refused) {
            return Optional.of(((Problem.RateLimited) refused.problem()).retryAfter());
        }
    }

    private Attempts replica(AttemptConfig config) {
        return new Attempts(
                buckets, new Lockouts(lockouts, secrets, db, config), config, () -> now);
    }

    private static ClientAddress freshAddress() {
        return ClientAddress.parse("198.51.100." + ADDRESSES.incrementAndGet()).orElseThrow();
    }
}
