package dev.drawbridge.gateway.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import dev.drawbridge.identity.AgentClass;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

class WaitingLineTest {
    private static final UUID ANN = UUID.randomUUID();
    private static final UUID BOB = UUID.randomUUID();

    private final WaitingLine<String> line = new WaitingLine<>(100, 2);
    private final Asker ann = asker(ANN);
    private final Asker bob = asker(BOB);

    @Test
    void calls_of_one_credential_are_served_as_they_came() {
        line.join(ann, "first");
        line.join(ann, "second");

        assertThat(served(2)).containsExactly("first", "second");
    }

    @Test
    void users_take_turns_however_much_one_of_them_asks_for() {
        for (int i = 0; i < 5; i++) {
            line.join(asker(ANN), "ann " + i);
        }
        line.join(bob, "bob");

        assertThat(served(3)).containsExactly("ann 0", "bob", "ann 1");
    }

    @Test
    void credentials_of_one_user_take_turns() {
        Asker other = asker(ANN);
        line.join(ann, "one 0");
        line.join(ann, "one 1");
        line.join(other, "other");

        assertThat(served(3)).containsExactly("one 0", "other", "one 1");
    }

    @Test
    void a_credential_that_has_all_it_may_is_passed_over() {
        assertThat(line.take(ann)).isTrue();
        assertThat(line.take(ann)).isTrue();
        assertThat(line.take(ann)).isFalse();
        line.join(ann, "ann");
        line.join(bob, "bob");

        assertThat(line.ready()).isEqualTo(1);
        assertThat(served(1)).containsExactly("bob");
        assertThat(line.next()).isNull();

        line.giveBack(ann);

        assertThat(served(1)).containsExactly("ann");
    }

    @Test
    void nobody_goes_before_those_who_wait() {
        line.join(ann, "ann");

        assertThat(line.take(bob)).isFalse();
    }

    @Test
    void who_could_not_run_anyway_holds_nobody_up() {
        line.take(ann);
        line.take(ann);
        line.join(ann, "a third");

        assertThat(line.take(bob)).isTrue();
    }

    @Test
    void a_line_is_as_long_as_it_may_be() {
        var shortLine = new WaitingLine<String>(1, 1);
        assertThat(shortLine.join(ann, "first")).isNotNull();

        assertThat(shortLine.join(bob, "second")).isNull();
    }

    @Test
    void who_leaves_is_not_served() {
        var place = Objects.requireNonNull(line.join(ann, "gone"));
        line.join(ann, "here");

        assertThat(line.leave(place)).isTrue();
        assertThat(line.leave(place)).isFalse();
        assertThat(line.oldest()).extracting(WaitingLine.Place::who).isEqualTo("here");
        assertThat(served(1)).containsExactly("here");
    }

    /// Whatever happens in whatever order: all that joined is served or has left, once; nobody has
    /// more than they may; what is said to be ready is.
    @Test
    void nothing_is_lost_or_served_twice() {
        qt().forAll(lists().of(integers().between(0, 11)).ofSizeBetween(0, 60))
                .check(WaitingLineTest::isConsistent);
    }

    private static boolean isConsistent(List<Integer> steps) {
        var run = new Run();
        steps.forEach(run::step);
        return run.isRight();
    }

    private static final class Run {
        private static final List<Asker> ASKERS = List.of(asker(ANN), asker(ANN), asker(BOB));

        private final WaitingLine<Integer> line = new WaitingLine<>(1_000, 2);
        private final List<WaitingLine.Place<Integer>> waiting = new ArrayList<>();
        private final Map<WaitingLine.Place<Integer>, Asker> of = new HashMap<>();
        private final Map<Asker, Integer> held = new HashMap<>();
        private boolean right = true;

        void step(int number) {
            Asker asker = ASKERS.get(number % ASKERS.size());
            switch (number / ASKERS.size()) {
                case 0 -> join(asker);
                case 1 -> serve();
                case 2 -> giveBack(asker);
                default -> leave(number);
            }
            right &= line.size() == waiting.size() && line.ready() == ready();
        }

        private int ready() {
            int all = 0;
            for (Asker asker : ASKERS) {
                long calls = waiting.stream().filter(one -> asker.equals(of.get(one))).count();
                all += (int) Math.min(calls, 2 - held.getOrDefault(asker, 0));
            }
            return all;
        }

        private void join(Asker asker) {
            var place = Objects.requireNonNull(line.join(asker, 0));
            waiting.add(place);
            of.put(place, asker);
        }

        private void serve() {
            int before = ready();
            var next = line.next();
            right &= (next != null) == (before > 0);
            if (next != null) {
                right &= waiting.remove(next);
                held.merge(Objects.requireNonNull(of.get(next)), 1, Integer::sum);
            }
        }

        private void giveBack(Asker asker) {
            if (held.getOrDefault(asker, 0) > 0) {
                held.merge(asker, -1, Integer::sum);
                line.giveBack(asker);
            }
        }

        private void leave(int number) {
            if (!waiting.isEmpty()) {
                var place = waiting.remove(number % waiting.size());
                right &= line.leave(place);
            }
        }

        boolean isRight() {
            return right && held.values().stream().allMatch(count -> count <= 2);
        }
    }

    private List<String> served(int count) {
        List<String> served = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            served.add(Objects.requireNonNull(line.next()).who());
        }
        return served;
    }

    private static Asker asker(UUID user) {
        return new Asker(AgentClass.PERSISTENT, user, UUID.randomUUID());
    }
}
