package dev.drawbridge.gateway.connection;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.TestCallers;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.util.List;
import java.util.Map;

/// A connection in mode `signed`, to a table of two owners that has no policy yet.
abstract class SignedConnectionCase extends GatewayCase {
    static final String OWNERS =
            "select string_agg(distinct owner, ',' order by owner) from shop.signed_item";

    String id;

    @BeforeEach
    void connection() {
        GatewayDatabases.postgres()
                .run(
                        """
                        drop schema if exists drawbridge cascade;
                        drop table if exists shop.signed_item;
                        create table shop.signed_item (id int, owner text);
                        insert into shop.signed_item values (1, 'alice'), (2, 'bob');
                        alter table shop.signed_item enable row level security;
                        grant select on shop.signed_item to agent;
                        do $$ begin
                          create role installer login password 'installer';
                        exception when duplicate_object then null;
                        end $$;
                        grant create on database postgres to installer;
                        """);
        id = register(signed("signed " + System.nanoTime())).statusCode(201).extract().path("id");
        for (String person : List.of("alice", "bob")) {
            TestCallers.know(person, Map.of("owner", person), "*", "read");
        }
    }

    @AfterEach
    void gone() {
        admin().delete(path("")).then().statusCode(204);
        GatewayDatabases.postgres()
                .run("drop schema if exists drawbridge cascade; drop table shop.signed_item");
    }

    void policy() {
        GatewayDatabases.postgres()
                .run(
                        "create policy own on shop.signed_item"
                                + " using (owner = (select drawbridge.claim('attributes.owner')))");
    }

    String owners(String person) {
        TestCallers.know("admin", Map.of(), "*", "admin");
        return structured(
                        call(
                                person,
                                "query_database",
                                new JsonObject().put("connection_id", id).put("sql", OWNERS)))
                .getJsonArray("rows")
                .encode();
    }

    static JsonObject signed(String name) {
        return connection(name).put("rls", new JsonObject().put("mode", "signed"));
    }

    ValidatableResponse test() {
        return admin().post(path("/test")).then().statusCode(200);
    }

    ValidatableResponse apply(String body) {
        var whole = new JsonObject(body).put("username", "installer").put("password", "installer");
        return install(whole.encode());
    }

    ValidatableResponse install(String body) {
        return admin().contentType(ContentType.JSON).body(body).post(path("/install-rls")).then();
    }

    void change(String change) {
        admin().contentType(ContentType.JSON)
                .header("If-Match", "*")
                .body(change)
                .patch(path(""))
                .then()
                .statusCode(200);
    }

    String secrets() {
        return value(
                "select count(*) from gateway.connection_secret where connection = '" + id + "'");
    }

    String path(String more) {
        return "/api/v1/connections/" + id + more;
    }

    static String value(String sql) {
        return GatewayDatabases.postgres().value(sql);
    }
}
