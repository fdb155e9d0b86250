package dev.drawbridge.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class LoginSessionsTest extends LoginCase {
    @Test
    void logins_at_once_each_read_their_own_rows_on_sessions_of_their_own() throws Exception {
        String ledger =
                "select session_user::text, string_agg(distinct branch, ',') from shop.ledger";
        String items = "select session_user::text, string_agg(distinct owner, ',') from shop.item";
        var clients =
                List.of(
                        McpClient.connect(endpoint, dana()),
                        McpClient.connect(endpoint, erin()),
                        McpClient.connect(endpoint, "alice"));
        var expected =
                List.of(
                        "[[\"dana\",\"north\"]]",
                        "[[\"erin\",\"south\"]]",
                        "[[\"agent\",\"alice\"]]");
        List<Callable<Void>> calls = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int who = i % clients.size();
            calls.add(() -> {
                var asked = who == 2 ? on(shop, items) : on(desk, ledger);
                var rows = structured(clients.get(who).call("query_database", asked));
                assertThat(rows.getJsonArray("rows").encode()).isEqualTo(expected.get(who));
                return null;
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> call : threads.invokeAll(calls)) {
                call.get();
            }
        }
        assertThat(sessions("dana")).isBetween(1, 4);
        assertThat(sessions("erin")).isBetween(1, 4);
    }

    @Test
    void the_sessions_of_a_login_end_when_its_connection_does_not_take_it_any_more()
            throws Exception {
        read(dana(), "select 1");
        assertThat(sessions("dana")).isPositive();

        takesLogins(desk, false);
        for (int i = 0; i < 60 && sessions("dana") > 0; i++) {
            Thread.sleep(500);
        }
        assertThat(sessions("dana")).isZero();
    }

    private static int sessions(String login) {
        return Integer.parseInt(
                GatewayDatabases.postgres()
                        .value(
                                "select count(*) from pg_stat_activity where usename = '%s'"
                                        .formatted(login)));
    }
}
