package dev.drawbridge.gateway.pool.share;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

class LeasedBudgetTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final LeasedBudget lease =
            new LeasedBudget(UUID.randomUUID(), 10, _ -> asked.incrementAndGet());

    @Test
    void lets_nobody_open_more_than_it_holds() {
        lease.grant(2, 2);

        assertThat(lease.take()).isTrue();
        assertThat(lease.take()).isTrue();
        assertThat(lease.take()).isFalse();
        lease.give();
        assertThat(lease.take()).isTrue();
    }

    @Test
    void stays_on_record_for_what_is_open_and_says_when_that_is_closed() {
        lease.grant(3, 3);
        lease.take();
        lease.take();
        lease.take();

        assertThat(lease.grant(1, 3)).isEqualTo(3);
        assertThat(lease.take()).isFalse();
        lease.give();
        assertThat(asked).hasValue(1);
        assertThat(lease.grant(1, 3)).isEqualTo(2);
    }

    @Test
    void asks_once_for_what_it_lacks_and_never_for_more_than_there_is() {
        lease.wants(4, 4);
        assertThat(lease.tell()).isEqualTo(4);
        lease.wants(4, 4);
        lease.wants(3, 3);
        assertThat(asked).hasValue(1);

        lease.wants(50, 50);
        assertThat(lease.tell()).isEqualTo(10);
        lease.wants(60, 60);
        assertThat(asked).hasValue(2);
    }

    @Test
    void wants_what_the_last_beats_wanted_at_most() {
        lease.wants(7, 7);
        lease.tell();
        lease.wants(1, 1);
        for (int beats = 0; beats < 5; beats++) {
            lease.beat();
            assertThat(lease.tell()).isEqualTo(7);
        }

        lease.beat();

        assertThat(lease.hasNews()).isTrue();
        assertThat(lease.tell()).isEqualTo(1);
    }

    @Test
    void is_forgotten_once_nobody_uses_it_and_nothing_is_left() {
        lease.grant(2, 2);
        lease.take();
        lease.retire();
        assertThat(lease.isEmpty()).isFalse();

        lease.give();
        lease.grant(0, 0);
        assertThat(lease.isEmpty()).isTrue();

        lease.use(10);
        assertThat(lease.isEmpty()).isFalse();
    }

    @Test
    void knows_how_many_it_could_have() {
        assertThat(lease.most()).isEqualTo(10);

        lease.reach(4);

        assertThat(lease.most()).isEqualTo(4);
    }

    @Test
    void tells_of_each_change() {
        var changes = new AtomicInteger();
        lease.onChange(changes::incrementAndGet);

        lease.grant(2, 2);
        lease.grant(2, 2);
        lease.grant(1, 2);

        assertThat(changes).hasValue(2);
    }
}
