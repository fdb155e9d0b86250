package dev.drawbridge.gateway.change;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class ChangesTest {
    private final Changes changes = new Changes();
    private final List<Change> heard = new ArrayList<>();

    @Test
    void tells_everybody_even_behind_a_listener_that_fails() {
        changes.hear(_ -> {
            throw new IllegalStateException("planted");
        });
        changes.hear(heard::add);

        changes.tell(new Change.Resource("pg://one/info"));

        assertThat(heard).containsExactly(new Change.Resource("pg://one/info"));
    }

    @Test
    void tells_nobody_who_has_stopped_to_listen() {
        try (Hearing _ = changes.hear(heard::add)) {
            changes.tell(new Change.Tools());
        }
        changes.tell(new Change.Prompts());

        assertThat(heard).containsExactly(new Change.Tools());
    }
}
