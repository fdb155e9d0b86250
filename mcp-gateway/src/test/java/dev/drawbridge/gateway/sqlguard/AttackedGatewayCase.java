package dev.drawbridge.gateway.sqlguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.testkit.TestPostgres;

import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// The running gateway before an [AttackedServer]: whatever a client puts into an argument, it is
/// judged by what came of it.
abstract class AttackedGatewayCase extends GatewayCase {
    /// A plan's estimate is known to count all rows: `known-escapes.txt`.
    private static final Pattern FOREIGN = Pattern.compile("canary|(?<!rows=)\\b(4217|4207)\\b");

    /// Words of an answer to a mistake of ours, not of the caller's.
    private static final Pattern OUR_MISTAKE = Pattern.compile("INTERNAL_ERROR|Internal error");

    private static final String HEALTHY =
            """
            select coalesce(current_setting('app.tenant', true), ''),
                   coalesce(current_setting('app.stray', true), ''),
                   current_user::text,
                   current_setting('transaction_read_only'),
                   (select count(*) from shop.account)
            """;

    static AttackedServer server;
    private static AttackedServer.State before;
    private static String attacked;
    private McpClient tenant;

    @BeforeAll
    static void begin() throws SQLException, IOException {
        server = new AttackedServer(TestPostgres.start());
        server.bystander("agent");
        before = server.state();
    }

    @AfterAll
    static void end() throws SQLException, IOException {
        attacked = null;
        server.close();
    }

    @BeforeEach
    void tenants() {
        if (attacked == null) {
            attacked = register(attackedConnection()).statusCode(201).extract().path("id");
        }
        String[] grants = {"*", "read"};
        TestCallers.know("tenant a", Map.of("tenant", "a"), grants);
        TestCallers.know("no tenant", Map.of(), grants);
        tenant = McpClient.connect(endpoint, "tenant a");
    }

    @AfterEach
    void the_next_caller_finds_nothing_of_it() throws SQLException, IOException {
        judge("all");
        assertThat(
                        structured(
                                        McpClient.connect(endpoint, "no tenant")
                                                .call("query_database", onAttacked(HEALTHY)))
                                .getJsonArray("rows")
                                .encode())
                .isEqualTo("[[\"\",\"\",\"tenant_reader\",\"on\",0]]");
    }

    static String attacked() {
        return attacked;
    }

    static JsonObject onAttacked(String sql) {
        return new JsonObject().put("connection_id", attacked).put("sql", sql);
    }

    /// Sends a message as tenant a; nothing of others may be told.
    ///
    /// @param params JSON
    /// @return the `result`, or the whole answer when it is an error
    JsonObject send(String method, String params) {
        String body =
                """
                {"jsonrpc": "2.0", "id": 1, "method": "%s", "params": %s}
                """
                        .formatted(method, params);
        String answer = tenant.post(body).body();
        String asked = method + ' ' + params;
        assertThat(FOREIGN.matcher(answer).find()).as("%s%n%s", asked, answer).isFalse();
        assertThat(OUR_MISTAKE.matcher(answer).find()).as("%s%n%s", asked, answer).isFalse();
        var json = new JsonObject(answer);
        return json.getJsonObject("result", json);
    }

    /// Nothing may have happened.
    ///
    /// @param sent what was sent since the look before
    static void judge(String sent) throws SQLException, IOException {
        AttackedServer.State after = server.state();
        assertThat(AttackedServer.effects(before, after)).as(sent).isEmpty();
        before = after;
    }

    /// A text as JSON, in characters that survive every encoding.
    static String json(String text) {
        var json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c >= ' ' && c <= '~' && c != '"' && c != '\\') {
                json.append(c);
            } else {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return json.append('"').toString();
    }

    private static JsonObject attackedConnection() {
        JsonObject connection =
                connection("attacked at " + server.port())
                        .put("port", server.port())
                        .put("password", "agent");
        connection
                .getJsonObject("rls")
                .put("settings", new JsonObject().put("app.tenant", "attributes.tenant"))
                .put("role", "tenant_reader");
        return connection;
    }
}
