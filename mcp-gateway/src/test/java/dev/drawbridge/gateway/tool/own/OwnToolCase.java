package dev.drawbridge.gateway.tool.own;

import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.StatelessClient;
import dev.drawbridge.gateway.own.OwnCase;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.BeforeEach;

import java.net.URI;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What the tests of own tools share: a table of its own, and tools that are gone afterwards.
abstract class OwnToolCase extends OwnCase {
    static final String TOOLS = "/api/v1/mcp/tools";

    OwnToolCase() {
        super(TOOLS);
    }

    @BeforeEach
    void shelf() throws SQLException {
        run(
                """
                drop schema if exists own_shelf cascade;
                create schema own_shelf;
                grant usage on schema own_shelf to agent;
                create table own_shelf.product
                    (id int primary key, name text not null, price numeric, tags text[], since date);
                insert into own_shelf.product values
                    (1, 'rope', 2.5, '{long}', '2024-01-01'), (2, 'nail', 0.1, '{}', '2024-02-01'),
                    (3, 'saw', 12, '{sharp,long}', '2025-01-01');
                grant select on own_shelf.product to agent;
                """);
    }

    /// A definition on the connection `shop`.
    static JsonObject tool(String name, String sql) {
        return new JsonObject()
                .put("name", name)
                .put("description", "What " + name + " finds.")
                .put("connection", "shop")
                .put("sql", sql);
    }

    /// A tool that is there from now on.
    void have(JsonObject tool) {
        define(tool).statusCode(201);
    }

    /// Calls a tool in both eras and over REST, which answer the same.
    JsonObject everywhere(String bearer, String tool, JsonObject arguments) {
        JsonObject inSession = call(bearer, tool, arguments);
        JsonObject without =
                new JsonObject(StatelessClient.of(endpoint, bearer).call(tool, arguments).body())
                        .getJsonObject("result");
        JsonObject rest =
                new JsonObject(
                        as(bearer)
                                .body(body(tool, arguments))
                                .post(TOOLS + "/call")
                                .then()
                                .statusCode(200)
                                .extract()
                                .asString());
        for (JsonObject other : List.of(without, rest)) {
            org.assertj.core.api.Assertions.assertThat(other.getJsonObject("structuredContent"))
                    .isEqualTo(inSession.getJsonObject("structuredContent"));
        }
        return inSession;
    }

    static String body(String tool, JsonObject arguments) {
        return new JsonObject().put("name", tool).put("arguments", arguments).encode();
    }

    /// The own tools that a caller is shown, in both eras and over REST.
    Set<String> shown(String bearer) {
        URI chosen = URI.create(endpoint + "?features=own");
        Set<String> inSession =
                names(McpClient.connect(chosen, bearer).request("tools/list", new JsonObject()));
        Set<String> without =
                names(StatelessClient.of(chosen, bearer).request("tools/list", new JsonObject()));
        Set<String> rest =
                names(
                        new JsonObject(
                                as(bearer)
                                        .get(TOOLS + "?features=own")
                                        .then()
                                        .statusCode(200)
                                        .extract()
                                        .asString()));
        org.assertj.core.api.Assertions.assertThat(List.of(without, rest))
                .allMatch(inSession::equals);
        return inSession;
    }

    JsonObject listed(String bearer, String name) {
        return StatelessClient.of(URI.create(endpoint + "?features=all"), bearer)
                .request("tools/list", new JsonObject())
                .getJsonArray("tools")
                .stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> names(JsonObject list) {
        JsonArray tools = list.getJsonArray("tools");
        Set<String> names = new HashSet<>();
        tools.forEach(one -> names.add(((JsonObject) one).getString("name")));
        return names;
    }
}
