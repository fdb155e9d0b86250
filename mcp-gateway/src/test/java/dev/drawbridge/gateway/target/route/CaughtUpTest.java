package dev.drawbridge.gateway.target.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.target.Endpoint;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/// A primary, replicas that follow as they like, and a watch whose answers take their time: whoever
/// is sent to a replica finds there what it wrote, and all that is older than the bound.
class CaughtUpTest {
    private static final long MS = 1_000_000L;
    private static final long BOUND = 10_000 * MS;

    private final EndpointState primary = RouteFixtures.state("one", Endpoint.Role.PRIMARY, "here");
    private final List<EndpointState> replicas =
            List.of(
                    RouteFixtures.state("two", Endpoint.Role.REPLICA, "here"),
                    RouteFixtures.state("three", Endpoint.Role.REPLICA, "there"));
    private final TreeMap<Long, Long> commits = new TreeMap<>();
    private final Map<LatestWrites.Writer, Long> last = new HashMap<>();
    private final long[] replayed = new long[2];
    private final TreeMap<Long, List<Runnable>> answers = new TreeMap<>();
    private long now = 5;
    private long log = 1;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void a_replica_that_serves_has_what_its_reader_wrote(long seed) {
        var random = new Random(seed);
        var config = RouteFixtures.config(Map.of());
        var endpoints =
                new Endpoints(
                        List.of(primary, replicas.get(0), replicas.get(1)), config, () -> now);
        var writes = new LatestWrites(config, 3, () -> now);
        int served = 0;
        for (int step = 0; step < 50_000; step++) {
            now += random.nextLong(20 * MS);
            arrived();
            var writer = new LatestWrites.Writer(new UUID(0, 0), new UUID(0, random.nextInt(5)));
            switch (random.nextInt(5)) {
                case 0 -> {
                    commits.put(now, ++log);
                    writes.wrote(writer);
                    last.put(writer, log);
                }
                case 1 -> {
                    int which = random.nextInt(2);
                    long behind = log - replayed[which];
                    replayed[which] += random.nextLong(behind + 1);
                }
                case 2 -> watch(endpoints, random);
                default -> {
                    EndpointState chosen = endpoints.choose(Wish.READ.after(writes.of(writer)));
                    served += check(chosen, writer);
                }
            }
        }
        assertThat(served).isGreaterThan(1_000);
    }

    private int check(EndpointState chosen, LatestWrites.Writer reader) {
        int which = replicas.indexOf(chosen);
        if (which < 0) {
            return 0;
        }
        var due = commits.floorEntry(now - BOUND);
        assertThat(replayed[which]).isGreaterThanOrEqualTo(last.getOrDefault(reader, 0L));
        assertThat(replayed[which]).isGreaterThanOrEqualTo(due == null ? 0 : due.getValue());
        return 1;
    }

    /// Each server answers for a moment between the question and the answer's arrival.
    private void watch(Endpoints endpoints, Random random) {
        long asked = now;
        later(
                random,
                () -> {
                    long place = log;
                    later(random, () -> endpoints.primaryIs(primary, asked, place));
                });
        for (int i = 0; i < replicas.size(); i++) {
            int which = i;
            later(
                    random,
                    () -> {
                        long place = replayed[which];
                        later(random, () -> endpoints.standbyIs(replicas.get(which), place));
                    });
        }
    }

    private void later(Random random, Runnable what) {
        long at = now + random.nextLong(200 * MS);
        answers.computeIfAbsent(at, _ -> new ArrayList<>()).add(what);
    }

    private void arrived() {
        while (!answers.isEmpty() && answers.firstKey() <= now) {
            answers.pollFirstEntry().getValue().forEach(Runnable::run);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void a_write_is_remembered_for_as_long_as_it_matters(int writers) {
        var writes = new LatestWrites(RouteFixtures.config(Map.of()), 1, () -> now);
        var writer = new LatestWrites.Writer(new UUID(0, 0), new UUID(0, 0));
        for (int i = 0; i < writers; i++) {
            writes.wrote(new LatestWrites.Writer(new UUID(0, 0), new UUID(0, i)));
        }
        assertThat(writes.of(writer)).isEqualTo(OptionalLong.of(now));
        now += BOUND + 1;
        assertThat(writes.of(writer)).isEmpty();
    }
}
