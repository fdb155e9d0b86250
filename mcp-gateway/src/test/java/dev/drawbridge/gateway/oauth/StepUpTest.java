package dev.drawbridge.gateway.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.StatelessClient;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.gateway.WriteCase;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.Grants;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/// A client begins with few scopes, and is told which ones a call needs when it makes one.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
@TestProfile(ProtectedResourceTest.TwoProviders.class)
class StepUpTest extends WriteCase {
    private static final String CALL = "object = 'tool:execute_sql' and username = 'ann'";
    private static final String INSERT = "insert into till.line values ('more')";

    @ParameterizedTest
    @CsvSource({"/mcp/v1, true", "/mcp/v1, false", "/mcp, true", "/mcp, false"})
    void names_at_once_all_scopes_that_a_call_needs(String path, boolean session) {
        ann(Level.READ);
        var at = endpoint.resolve(path);
        var answer =
                session
                        ? post(McpClient.connect(at, "ann"), onTill(INSERT))
                        : StatelessClient.of(at, "ann").call("execute_sql", onTill(INSERT));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().allValues("WWW-Authenticate"))
                .containsExactly(
                        "Bearer error=\"insufficient_scope\","
                                + " resource_metadata=\"https://db.example.com"
                                + "/.well-known/oauth-protected-resource"
                                + path
                                + "\", scope=\"openid db:read db:write\","
                                + " error_description=\"The token's scopes do not reach up to"
                                + " write.\"");
        assertThat(answer.body()).contains("AUTHORIZATION_ERROR");
        assertThat(lines()).isEqualTo("[{\"c\":0}]");
        assertThat(awaitRecord(CALL).getString("outcome")).isEqualTo("AUTHORIZATION_ERROR");
    }

    @Test
    void goes_on_in_the_same_session_with_the_wider_token() {
        ann(Level.READ);
        var client = McpClient.connect(endpoint, "ann");
        assertThat(post(client, onTill(INSERT)).statusCode()).isEqualTo(403);
        ann(Level.WRITE);

        assertThat(structured(client.call("execute_sql", onTill(INSERT))).getString("outcome"))
                .isEqualTo("committed");
        assertThat(lines()).isEqualTo("[{\"c\":1}]");
    }

    @Test
    void shows_the_tool_that_more_scope_would_open_and_asks_for_nothing_to_read() {
        ann(Level.READ);

        assertThat(names("ann")).contains("execute_sql", "query_database");
        assertThat(rows("ann", "select 1")).isEqualTo("[[1]]");
    }

    @Test
    void asks_for_nothing_that_would_not_help() {
        ann(Level.READ);
        var onShop = on().put("sql", "delete from shop.item where id = 1");
        var onYard = onTill("create table yard.t (i int)").put("connection_id", yard);
        var nowhere = onTill(INSERT).put("connection_id", "00000000-0000-0000-0000-000000000000");

        assertThat(error(execute("ann", onShop)).getString("detail"))
                .contains("allowWrites is false");
        assertThat(error(execute("ann", onYard)).getString("detail"))
                .contains("write on connection:" + yard);
        assertThat(error(execute("ann", nowhere)).getString("code")).isEqualTo("NOT_FOUND");
        assertThat(error(execute("ann", new JsonObject())).getString("code"))
                .isEqualTo("VALIDATION_ERROR");
        for (JsonObject arguments : List.of(onShop, onYard, nowhere, new JsonObject())) {
            assertThat(StatelessClient.of(endpoint, "ann").call("execute_sql", arguments))
                    .extracting(HttpResponse::statusCode)
                    .isEqualTo(200);
        }
    }

    @Test
    void shows_who_may_write_nowhere_what_it_always_saw() {
        TestCallers.know("ben", CredentialType.PROVIDER_TOKEN, upTo(Level.READ), "*", "read");

        assertUnseen("ben");
    }

    @Test
    void asks_for_no_other_credential_s_scope() {
        TestCallers.know("key", CredentialType.API_TOKEN, upTo(Level.READ), "*", "write");

        assertUnseen("key");
    }

    private void assertUnseen(String bearer) {
        var answer = post(McpClient.connect(endpoint, bearer), onTill(INSERT));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(answer.body()).getJsonObject("error").getInteger("code"))
                .isEqualTo(-32602);
        assertThat(names(bearer)).contains("query_database").doesNotContain("execute_sql");
    }

    /// Somebody who may write on one connection, by a token that reaches up to a level.
    private static void ann(Level level) {
        TestCallers.know(
                "ann",
                CredentialType.PROVIDER_TOKEN,
                upTo(level),
                "tool:*",
                "read",
                "connection:" + till,
                "write",
                "connection:" + shop,
                "write",
                "connection:" + yard,
                "read");
    }

    private static Grants upTo(Level level) {
        return new Grants(Map.of(ProtectedObject.EVERYTHING, level));
    }

    private static HttpResponse<String> post(McpClient client, JsonObject arguments) {
        return client.post(
                """
                {"jsonrpc":"2.0","id":1,"method":"tools/call",
                 "params":{"name":"execute_sql","arguments":%s}}
                """
                        .formatted(arguments));
    }

    private static String lines() {
        return stored("select count(*) as c from till.line where text = 'more'");
    }
}
