package dev.drawbridge.auth.grant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

class RowIdentityTest {
    private static final List<Map.Entry<String, Object>> FACTS =
            List.of(
                    Map.entry("store_id", 7),
                    Map.entry("store_id", 8),
                    Map.entry("store_id", "7"),
                    Map.entry("region", "north"),
                    Map.entry("retail_role", "clerk"),
                    Map.entry("retail_role", "ceo"));

    @Test
    void has_as_much_as_another_when_it_has_all_of_the_other_s() {
        var one = new RowIdentity(Map.of("store_id", 7, "region", "north"));

        assertThat(one.lacking(one)).isEmpty();
        assertThat(one.lacking(new RowIdentity(Map.of()))).isEmpty();
        assertThat(one.lacking(new RowIdentity(Map.of("region", "north")))).isEmpty();
        assertThat(one.lacking(new RowIdentity(Map.of("region", "south")))).contains("region");
        assertThat(one.lacking(new RowIdentity(Map.of("store_id", "7")))).contains("store_id");
        assertThat(one.lacking(new RowIdentity(Map.of("a", 1, "b", 1)))).contains("a");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void is_no_more_for_whom_delegates_make_change_and_take_over_together(long seed) {
        var random = new Random(seed);
        int done = 0;
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            var world = new World(random);
            for (int step = 0; step < 40; step++) {
                if (world.step()) {
                    done++;
                } else {
                    refused++;
                }
                world.check();
            }
        }
        assertThat(done).isGreaterThan(300);
        assertThat(refused).isGreaterThan(300);
    }

    /// Accounts of which two are delegates'. Whoever has an account may do with it what the ceiling
    /// lets them; both do it together, with every account that they came by.
    private static final class World {
        private final Random random;
        private final List<RowIdentity> accounts = new ArrayList<>();
        private final Set<Integer> theirs = new HashSet<>(Set.of(0, 1));
        private final List<RowIdentity> before;

        World(Random random) {
            this.random = random;
            Stream.generate(this::anything).limit(8).forEach(accounts::add);
            before = List.copyOf(accounts.subList(0, 2));
        }

        /// False when it was refused.
        boolean step() {
            int by = List.copyOf(theirs).get(random.nextInt(theirs.size()));
            int whom = random.nextInt(accounts.size());
            RowIdentity given = anything();
            return switch (random.nextInt(3)) {
                case 0 -> make(by, given);
                case 1 -> change(by, whom, given);
                default -> takeOver(by, whom);
            };
        }

        private boolean make(int by, RowIdentity given) {
            if (accounts.get(by).lacking(given).isPresent()) {
                return false;
            }
            theirs.add(accounts.size());
            accounts.add(given);
            return true;
        }

        private boolean change(int by, int whom, RowIdentity given) {
            if (by == whom
                    || accounts.get(by).lacking(accounts.get(whom)).isPresent()
                    || accounts.get(by).lacking(given).isPresent()) {
                return false;
            }
            accounts.set(whom, given);
            return true;
        }

        private boolean takeOver(int by, int whom) {
            if (accounts.get(by).lacking(accounts.get(whom)).isPresent()) {
                return false;
            }
            theirs.add(whom);
            return true;
        }

        /// Each account that they have is one that one of the two could have been.
        void check() {
            for (int account : theirs) {
                assertThat(before)
                        .as("%s of %s", accounts.get(account), before)
                        .anyMatch(had ->
                                had.attributes()
                                        .entrySet()
                                        .containsAll(
                                                accounts.get(account).attributes().entrySet()));
            }
        }

        private RowIdentity anything() {
            Map<String, Object> attributes = new HashMap<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                var fact = FACTS.get(random.nextInt(FACTS.size()));
                attributes.put(fact.getKey(), fact.getValue());
            }
            return new RowIdentity(attributes);
        }
    }
}
