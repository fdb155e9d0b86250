package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.TestCallers;

import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.BeforeEach;

import java.sql.SQLException;
import java.util.Map;

/// What tests of resources share: a connection to a database of their own, and who may read it.
public abstract class ResourceCase extends GatewayCase {
    protected static String library;

    @BeforeEach
    void library() {
        if ("0"
                .equals(
                        GatewayDatabases.postgres()
                                .value(
                                        "select count(*) from pg_database where datname ="
                                                + " 'library'"))) {
            GatewayDatabases.postgres().run("create database library");
            GatewayDatabases.postgres().run("create database attic");
            sql(
                    "library",
                    """
                    create schema lib;
                    grant usage on schema lib to agent;
                    alter default privileges in schema lib grant select on tables to agent;
                    create table lib.book (id int primary key, title text);
                    comment on table lib.book is 'What can be lent.';
                    create view lib.titles as select title from lib.book;
                    create table lib.loan (id int primary key, book int references lib.book);
                    create schema "od/d %";
                    grant usage on schema "od/d %" to agent;
                    create table "od/d %"."what*is? that" (id int);
                    grant select on "od/d %"."what*is? that" to agent;
                    create schema wide;
                    grant usage on schema wide to agent;
                    """);
            sql(
                    "library",
                    """
                    do $$ begin
                      for i in 1..150 loop
                        execute format('create table wide.t%s (id int)', lpad(i::text, 3, '0'));
                      end loop;
                      grant select on all tables in schema wide to agent;
                    end $$
                    """);
            sql(
                    "attic",
                    """
                    create schema old;
                    grant usage on schema old to agent;
                    create table old.map (id int);
                    grant select on old.map to agent;
                    """);
        }
        if (library == null || admin().get("/api/v1/connections/" + library).statusCode() != 200) {
            library =
                    register(connection("library").put("database", "library"))
                            .statusCode(201)
                            .extract()
                            .path("id");
        }
        reader();
    }

    static void reader() {
        TestCallers.know("reader", Map.of(), "connection:" + library, "read", "resource:*", "read");
    }

    protected static void sql(String database, String sql) {
        try (var connection = GatewayDatabases.postgres().connect(database);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    protected static String uri(String path) {
        return "pg://" + library + path;
    }

    static JsonObject read(McpClient client, String uri) {
        return client.request("resources/read", new JsonObject().put("uri", uri));
    }

    /// The content of a resource.
    static JsonObject content(McpClient client, String uri) {
        JsonObject one = read(client, uri).getJsonArray("contents").getJsonObject(0);
        return new JsonObject(one.getString("text"));
    }

    static JsonObject subscribe(McpClient client, String uri) {
        return client.request("resources/subscribe", new JsonObject().put("uri", uri));
    }
}
