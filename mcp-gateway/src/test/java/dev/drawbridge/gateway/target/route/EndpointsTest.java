package dev.drawbridge.gateway.target.route;

import static dev.drawbridge.gateway.target.Endpoint.Role.PRIMARY;
import static dev.drawbridge.gateway.target.Endpoint.Role.REPLICA;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

class EndpointsTest {
    private static final long SECOND = 1_000_000_000L;

    private final EndpointState primary = RouteFixtures.state("one", PRIMARY, "eu");
    private final EndpointState near = RouteFixtures.state("two", REPLICA, "eu");
    private final EndpointState far = RouteFixtures.state("three", REPLICA, "us");
    private long now = 100 * SECOND;
    private final Endpoints endpoints =
            new Endpoints(
                    List.of(primary, near, far),
                    RouteFixtures.config(Map.of("gateway.route.region", "eu")),
                    () -> now);

    private static void giveUp(EndpointState one) {
        for (int i = 0; i < 3; i++) {
            one.breaker().attempt(() -> Future.failedFuture(new IOException("gone")));
        }
    }

    private void allCaughtUp() {
        endpoints.primaryIs(primary, now, 1_000);
        endpoints.standbyIs(near, 1_000);
        endpoints.standbyIs(far, 1_000);
    }

    @Test
    void reads_the_primary_until_a_replica_is_known() {
        assertThat(endpoints.choose(Wish.READ)).isSameAs(primary);
        endpoints.standbyIs(near, 1_000);
        assertThat(endpoints.choose(Wish.READ)).isSameAs(primary);
    }

    @Test
    void reads_replicas_of_its_region_first_and_writes_to_the_primary() {
        allCaughtUp();
        assertThat(endpoints.choose(Wish.READ)).isSameAs(near);
        assertThat(endpoints.choose(Wish.WRITE)).isSameAs(primary);
        giveUp(near);
        assertThat(endpoints.choose(Wish.READ)).isSameAs(far);
        giveUp(far);
        assertThat(endpoints.choose(Wish.READ)).isSameAs(primary);
    }

    @Test
    void reads_the_nearest_by_what_was_measured_and_not_by_what_it_is_called() {
        allCaughtUp();
        primary.measured(Duration.ofMillis(40));
        near.measured(Duration.ofMillis(90));
        far.measured(Duration.ofMillis(5));
        assertThat(endpoints.choose(Wish.NEAR)).isSameAs(far);
        giveUp(far);
        assertThat(endpoints.choose(Wish.NEAR)).isSameAs(primary);
    }

    @Test
    void reads_no_replica_that_is_further_behind_than_the_bound() {
        endpoints.primaryIs(primary, now, 1_000);
        now += SECOND;
        endpoints.primaryIs(primary, now, 2_000);
        endpoints.standbyIs(near, 1_500);
        assertThat(endpoints.lag(near)).isEqualTo(Duration.ofSeconds(1));
        assertThat(endpoints.choose(Wish.READ)).isSameAs(near);
        now += 10 * SECOND;
        assertThat(endpoints.choose(Wish.READ)).isSameAs(primary);
        endpoints.standbyIs(near, 2_000);
        assertThat(endpoints.choose(Wish.READ)).isSameAs(near);
    }

    @Test
    void shows_a_caller_its_own_write() {
        allCaughtUp();
        Wish afterIts = Wish.READ.after(OptionalLong.of(now + 1));
        assertThat(endpoints.choose(afterIts)).isSameAs(primary);
        assertThat(endpoints.choose(Wish.READ)).isSameAs(near);
        now += SECOND;
        endpoints.primaryIs(primary, now, 2_000);
        endpoints.standbyIs(near, 1_999);
        assertThat(endpoints.choose(afterIts)).isSameAs(primary);
        endpoints.standbyIs(near, 2_000);
        assertThat(endpoints.choose(afterIts)).isSameAs(near);
    }

    @Test
    void follows_a_primary_that_fails_over() {
        allCaughtUp();
        giveUp(primary);
        assertThat(endpoints.choose(Wish.WRITE)).isSameAs(primary);
        now += 60 * SECOND;
        assertThat(endpoints.choose(Wish.READ)).isSameAs(near);
        assertThat(endpoints.choose(Wish.READ.after(OptionalLong.of(now)))).isSameAs(primary);
        endpoints.primaryIs(near, now, 900);
        assertThat(endpoints.choose(Wish.WRITE)).isSameAs(near);
        assertThat(endpoints.choose(Wish.READ)).isSameAs(near);
        endpoints.standbyIs(far, 900);
        assertThat(endpoints.choose(Wish.READ)).isSameAs(far);
    }

    @Test
    void keeps_a_single_endpoint_whatever_it_is() {
        var alone = new Endpoints(List.of(near), RouteFixtures.config(Map.of()), () -> now);
        giveUp(near);
        assertThat(alone.choose(Wish.WRITE)).isSameAs(near);
    }
}
