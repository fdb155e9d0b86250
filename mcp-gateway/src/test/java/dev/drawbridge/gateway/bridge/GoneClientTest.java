package dev.drawbridge.gateway.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.gateway.WriteCase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/// A program that hangs up does not leave its statement running.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class GoneClientTest extends WriteCase {
    private static final String LONG = "select count(*) from generate_series(1, 900000007) gone";

    @Test
    void a_call_ends_with_its_client() throws Exception {
        TestCallers.know("hanging", Map.of(), "connection:" + shop, "read", "tool:*", "read");
        String body = "{\"name\":\"query_database\",\"arguments\":{\"sql\":\"" + LONG + "\"}}";
        try (var socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            socket.getOutputStream()
                    .write(
                            """
                            POST /api/v1/mcp/tools/call?connection=shop HTTP/1.1\r
                            Host: %s\r
                            Authorization: Bearer hanging\r
                            Content-Type: application/json\r
                            Content-Length: %d\r
                            \r
                            %s\
                            """
                                    .formatted(endpoint.getAuthority(), body.length(), body)
                                    .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> running() == 1);
        }

        JsonObject ended = awaitRecord("username = 'hanging' and action = 'tool.call'");
        assertThat(ended.getString("outcome")).isEqualTo("QUERY_CANCELLED");
        assertThat(running()).isZero();
    }

    private static long running() throws SQLException {
        try (var connection = GatewayDatabases.postgres().connect();
                var statement = connection.createStatement();
                var found =
                        statement.executeQuery(
                                "select count(*) from pg_stat_activity"
                                        + " where usename = 'agent' and state = 'active'"
                                        + " and query like '%900000007%'")) {
            found.next();
            return found.getLong(1);
        }
    }
}
