package dev.drawbridge.gateway.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.gateway.GatewayDatabases;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class ChangesTest {
    @Inject Changes changes;

    private final List<Change> heard = new CopyOnWriteArrayList<>();

    @Test
    void tells_everybody_even_behind_a_listener_that_fails() {
        Hearing failing =
                changes.hear(_ -> {
                    throw new IllegalStateException("planted");
                });
        Hearing hearing = changes.hear(heard::add);

        changes.tell(new Change.Resource("pg://one/info"));
        failing.close();
        hearing.close();

        assertThat(heard).contains(new Change.Resource("pg://one/info"));
    }

    @Test
    void tells_nobody_who_has_stopped_to_listen() {
        try (Hearing _ = changes.hear(heard::add)) {
            changes.tell(new Change.Tools());
        }
        changes.tell(new Change.Prompts());

        assertThat(heard).contains(new Change.Tools()).doesNotContain(new Change.Prompts());
    }

    @Test
    void what_another_replica_announces_is_told_here() {
        try (Hearing _ = changes.hear(heard::add)) {
            GatewayDatabases.postgres()
                    .run(
                            """
                            select pg_notify('drawbridge_gateway', '{"topic": "resource",
                              "message": {"uri": "pg://other/schema", "view": "v", "digest": "d"}}')
                            """);

            await().atMost(Duration.ofSeconds(10))
                    .until(() ->
                            heard.contains(new Change.Resource("pg://other/schema", "v", "d")));
        }
    }

    @Test
    void what_is_announced_here_is_told_here_too() {
        try (Hearing _ = changes.hear(heard::add)) {
            changes.announce(new Change.Resource("pg://own/schema"));

            await().atMost(Duration.ofSeconds(10))
                    .until(() -> heard.contains(new Change.Resource("pg://own/schema")));
        }
    }
}
