package dev.drawbridge.system.tools;

import dev.drawbridge.system.rest.AuthApi;
import dev.drawbridge.system.suite.Database;
import dev.drawbridge.system.suite.Suite;

import java.util.HashMap;
import java.util.Map;

/// A connection that takes writes, to a database with a table of sales: the demo's takes none.
final class TillConnection implements AutoCloseable {
    private static final String NAME = "till";

    private final AuthApi api;
    private final String admin;
    private final Database server;
    private final String id;

    TillConnection(Suite suite) {
        this.api = new AuthApi(suite);
        this.admin = api.admin();
        this.server = suite.server();
        server.change("drop database if exists till with (force)");
        server.change("create database till owner retail_owner");
        Database till = server.in(NAME);
        till.change("create table sale (id int primary key, item text, amount numeric)");
        till.change("insert into sale values (1, 'tea', 10), (2, 'cup', 20)");
        till.change("grant select, insert, update, delete on sale to retail_agent");
        Map<String, Object> wanted = new HashMap<>(suite.demo().asConnection());
        wanted.put("name", NAME);
        wanted.put("database", NAME);
        wanted.put("allowWrites", true);
        this.id =
                api.gateway(admin)
                        .body(wanted)
                        .post("/api/v1/connections")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
    }

    String id() {
        return id;
    }

    @Override
    public void close() {
        String tag = api.gateway(admin).get("/api/v1/connections/" + id).header("ETag");
        api.gateway(admin).header("If-Match", tag).delete("/api/v1/connections/" + id);
        server.change("drop database till with (force)");
    }
}
