package dev.drawbridge.local.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.local.key.KeyState.Key;
import dev.drawbridge.local.key.KeyState.Replica;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class KeyNeedTest {
    private static final List<String> IDS = List.of("k2", "k1");
    private static final KeyState NEEDS_NONE = state(false);
    private static final KeyState NEEDS_OLD = state(true);

    @Test
    void a_key_may_go_when_no_service_needs_it() {
        var states = Map.of("auth-service", NEEDS_NONE, "mcp-gateway", NEEDS_NONE);

        assertThat(KeyNeed.of("k1", IDS, states)).isEmpty();
        assertThat(KeyNeed.of("k2", IDS, states)).contains("It seals.");
    }

    @Test
    void a_key_stays_while_one_service_needs_it() {
        var states = Map.of("auth-service", NEEDS_NONE, "mcp-gateway", NEEDS_OLD);

        assertThat(KeyNeed.of("k1", IDS, states)).contains("mcp-gateway: It opens.");
    }

    @Test
    void a_key_stays_while_a_service_cannot_say() {
        assertThat(KeyNeed.of("k1", IDS, Map.of("mcp-gateway", NEEDS_NONE)))
                .get()
                .asString()
                .contains("auth-service does not run");
    }

    @Test
    void a_service_knows_a_key_when_all_its_replicas_do() {
        var mixed =
                new KeyState(
                        List.of(
                                new Replica("k1", List.of("k1", "k2")),
                                new Replica("k1", List.of("k1"))),
                        List.of(),
                        null,
                        null);

        assertThat(mixed.isKnown("k1")).isTrue();
        assertThat(mixed.isKnown("k2")).isFalse();
        assertThat(mixed.isSealing("k1")).isTrue();
        assertThat(new KeyState(List.of(), List.of(), null, null).isKnown("k1")).isFalse();
    }

    private static KeyState state(boolean needsOld) {
        return new KeyState(
                List.of(new Replica("k2", IDS)),
                List.of(
                        new Key("k2", true, "It seals.", Map.of("signing_key", 2L)),
                        new Key("k1", needsOld, "It opens.", Map.of())),
                null,
                null);
    }
}
