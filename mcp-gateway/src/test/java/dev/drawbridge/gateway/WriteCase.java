package dev.drawbridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/// What the tests of writes share: connections that take them, with rows of alice's and of bob's.
public abstract class WriteCase extends GatewayCase {
    protected static String till;
    protected static String yard;

    @BeforeEach
    void writers() throws SQLException {
        if (till == null || admin().get("/api/v1/connections/" + till).statusCode() != 200) {
            fixture();
            till = registered("checkout", "dml");
            yard = registered("yard", "ddl");
        }
        run(
                """
                truncate till.sale, till.line, till.big;
                insert into till.sale values (1, 'alice', 10), (2, 'alice', 20), (3, 'bob', 30);
                insert into till.big select i, 0 from generate_series(1, 3000) i;
                """);
        String[] grants = {
            "connection:" + shop,
            "read",
            "connection:" + till,
            "write",
            "connection:" + yard,
            "write",
            "tool:*",
            "read"
        };
        TestCallers.know("alice", Map.of("owner", "alice"), grants);
        TestCallers.know("bob", Map.of("owner", "bob"), grants);
    }

    private static void fixture() throws SQLException {
        run(
                """
                drop schema if exists till cascade;
                create schema till;
                do $$ begin create role teller login password 'teller-secret';
                exception when duplicate_object then null; end $$;
                grant usage on schema till to teller;
                create table till.sale
                    (id int primary key, owner text not null, amount numeric not null);
                alter table till.sale enable row level security;
                create policy own on till.sale
                    using (owner = (select current_setting('app.owner', true)))
                    with check (owner = (select current_setting('app.owner', true)));
                create table till.line (text text);
                create table till.big (id int primary key, n int not null);
                create sequence till.number;
                grant select, insert, update, delete on all tables in schema till to teller;
                grant usage on sequence till.number to teller;
                drop schema if exists yard cascade;
                create schema yard authorization teller;
                """);
    }

    private static String registered(String name, String writeMode) {
        return register(
                        connection(name)
                                .put("username", "teller")
                                .put("password", "teller-secret")
                                .put("allowWrites", true)
                                .put("writeMode", writeMode))
                .statusCode(201)
                .extract()
                .path("id");
    }

    protected static JsonObject onTill(String sql) {
        return new JsonObject().put("connection_id", till).put("sql", sql);
    }

    protected JsonObject execute(String bearer, JsonObject arguments) {
        return call(bearer, "execute_sql", arguments);
    }

    protected JsonObject execute(String bearer, String sql) {
        return execute(bearer, onTill(sql));
    }

    /// As the superuser sees it.
    protected static String stored(String sql) {
        try (var connection = GatewayDatabases.postgres().connect();
                var statement = connection.createStatement();
                var found =
                        statement.executeQuery(
                                "select coalesce(json_agg(r), '[]') from (" + sql + ") r")) {
            found.next();
            return new JsonArray(found.getString(1)).encode();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    protected static String sales() {
        return stored("select id, owner, amount from till.sale order by id");
    }

    protected static final String UNTOUCHED =
            "[{\"id\":1,\"owner\":\"alice\",\"amount\":10},"
                    + "{\"id\":2,\"owner\":\"alice\",\"amount\":20},"
                    + "{\"id\":3,\"owner\":\"bob\",\"amount\":30}]";

    protected static void run(String sql) throws SQLException {
        try (var connection = GatewayDatabases.postgres().connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    protected static JsonArray records(String condition) {
        return new JsonArray(
                stored(
                        "select * from gateway.audit_v1 where "
                                + condition
                                + " order by chain, seq"));
    }

    protected static JsonObject awaitRecord(String condition) {
        JsonArray found =
                Awaitility.await(condition)
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> records(condition), all -> !all.isEmpty());
        return found.getJsonObject(found.size() - 1);
    }

    protected static JsonObject details(JsonObject record) {
        assertThat(record.getValue("details")).isNotNull();
        return record.getValue("details") instanceof JsonObject object
                ? object
                : new JsonObject(record.getString("details"));
    }
}
