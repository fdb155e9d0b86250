package dev.drawbridge.gateway.target.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/// Databases that a caller names.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class NamedDatabaseTest extends GatewayCase {
    @Inject Targets targets;

    @Test
    void that_are_not_there_get_no_pool() {
        rows("alice", "select 1");
        int before = targets.size();

        for (int i = 0; i < 40; i++) {
            assertThat(code("no such database " + i)).isEqualTo("NOT_FOUND");
        }

        assertThat(targets.size()).isEqualTo(before);
    }

    @Test
    void that_the_login_may_not_connect_to_read_as_not_there() {
        GatewayDatabases.postgres().run("create database closed");
        GatewayDatabases.postgres().run("revoke connect on database closed from public");
        rows("alice", "select 1");
        int before = targets.size();

        assertThat(code("closed")).isEqualTo("NOT_FOUND");
        assertThat(code("template0")).isEqualTo("NOT_FOUND");
        assertThat(targets.size()).isEqualTo(before);
    }

    @Test
    void that_are_there_are_read_new_ones_within_seconds() {
        assertThat(code("made later")).isEqualTo("NOT_FOUND");
        GatewayDatabases.postgres().run("create database \"made later\"");

        Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> !ask("made later").getBoolean("isError"));
        assertThat(structured(ask("made later")).getJsonArray("rows").encode())
                .isEqualTo("[[\"made later\"]]");
    }

    private JsonObject ask(String database) {
        return call(
                "alice",
                "query_database",
                sql("select current_database()").put("database", database));
    }

    private String code(String database) {
        return error(ask(database)).getString("code");
    }
}
