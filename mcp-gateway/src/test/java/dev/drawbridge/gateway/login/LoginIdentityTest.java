package dev.drawbridge.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.cache.CacheRule;
import dev.drawbridge.gateway.catalog.GuardRules;
import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.pool.Environment;
import dev.drawbridge.gateway.pool.PoolRules;
import dev.drawbridge.gateway.sqlguard.WriteMode;
import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.Rls;
import dev.drawbridge.gateway.target.TlsMode;

import org.junit.jupiter.api.Test;

import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

class LoginIdentityTest {
    private static final UUID ONE = UUID.fromString("0198c0de-0000-7000-8000-000000000001");
    private static final UUID OTHER = UUID.fromString("0198c0de-0000-7000-8000-000000000002");

    @Test
    void no_two_logins_and_no_two_connections_share_an_id() {
        Set<UUID> seen = new HashSet<>();
        for (UUID connection : List.of(ONE, OTHER)) {
            for (String login :
                    List.of("dana", "Dana", "dana ", "dan", "a", "dänä", "da\u0308na")) {
                assertThat(seen.add(LoginCaller.id(connection, login))).isTrue();
            }
        }
    }

    @Test
    void an_id_is_the_same_for_every_password_and_on_every_replica_and_no_users() {
        UUID id = LoginCaller.id(ONE, "dana");

        assertThat(id)
                .isEqualTo(LoginCaller.of(connection(ONE, 1), "dana", ONE).id())
                .isEqualTo(LoginCaller.of(connection(ONE, 7), "dana", OTHER).id());
        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void a_digest_depends_on_everything_and_on_its_process() {
        var digest = new LoginDigest();
        Set<UUID> seen = new HashSet<>();
        for (Connection connection :
                List.of(connection(ONE, 1), connection(ONE, 2), connection(OTHER, 1))) {
            for (String[] pair :
                    new String[][] {{"ab", "c"}, {"a", "bc"}, {"ab", "C"}, {"AB", "c"}}) {
                var credential = new BasicCredential(pair[0], connection.id(), pair[1]);
                var key = digest.of(connection, credential);
                assertThat(key).isEqualTo(digest.of(connection, credential));
                assertThat(key).isNotEqualTo(new LoginDigest().of(connection, credential));
                assertThat(seen.add(key.credential())).isTrue();
            }
        }
    }

    private static Connection connection(UUID id, long version) {
        var now = OffsetDateTime.parse("2026-01-01T00:00:00Z");
        return new Connection(
                id,
                "default",
                "desk",
                "127.0.0.1",
                5432,
                "postgres",
                "agent",
                "sealed",
                TlsMode.DISABLE,
                null,
                null,
                PoolMode.DIRECT,
                false,
                null,
                List.of(),
                Environment.PROD,
                20,
                false,
                WriteMode.DML,
                true,
                Rls.NONE,
                GuardRules.NONE,
                CacheRule.NONE,
                PoolRules.NONE,
                List.of(),
                List.of(),
                version,
                now,
                now);
    }
}
