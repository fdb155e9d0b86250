package dev.drawbridge.gateway.login;

import static io.restassured.RestAssured.given;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.testkit.TestPostgres;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.BeforeEach;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A database with logins of people, which it asks for a password in several ways, and a connection
/// that takes them.
abstract class LoginCase extends GatewayCase {
    static final String DANA = "p:äß ☃ word";
    static final String ERIN = "erin-secret";

    private static int prepared;
    static String desk;

    @BeforeEach
    void desk() {
        if (prepared != GatewayDatabases.postgres().port()) {
            prepare(GatewayDatabases.postgres());
            prepared = GatewayDatabases.postgres().port();
        }
        if (desk == null || admin().get(path(desk)).statusCode() != 200) {
            desk = open(connection("desk"));
        }
        takesLogins(desk, true);
    }

    private static void prepare(TestPostgres postgres) {
        postgres.run(
                """
                create role people;
                create role dana login password '%1$s' in role people;
                create role erin login password '%2$s' in role people;
                create role late login password 'x' valid until '2020-01-01' in role people;
                create role locked nologin password 'x' in role people;
                create role boss superuser login password 'x' in role people;
                create role bypass bypassrls login password 'x' in role people;
                create role climber login password 'x' in role people, boss;
                alter role climber set role = boss;
                create role outsider login password 'x' in role people;
                create role moving login password 'before' in role people;
                create role limited login password 'x' in role people;
                create role trusted login password 'x';
                create role shown login password 'x';
                set password_encryption = md5;
                create role crypted login password 'x';
                reset password_encryption;

                create table shop.ledger (id int primary key, branch text, amount numeric);
                insert into shop.ledger
                select i, case when i %% 2 = 0 then 'north' else 'south' end, i * 1.25
                  from generate_series(1, 40) i;
                alter table shop.ledger enable row level security;
                create policy danas on shop.ledger to dana using (branch = 'north');
                create policy erins on shop.ledger to erin using (branch = 'south' and id > 10);
                create policy claims on shop.ledger
                    using (branch = current_setting('app.owner', true));
                grant usage on schema shop to people;
                grant select on shop.ledger to people;
                """
                        .formatted(DANA, ERIN));
        askForPasswords(postgres);
    }

    /// The rules of the embedded server let everybody in; these stand before them.
    private static void askForPasswords(TestPostgres postgres) {
        try {
            Path rules = Path.of(postgres.value("show hba_file"));
            Files.writeString(
                    rules,
                    """
                    host all shown all password
                    host all crypted all md5
                    host all +people all scram-sha-256
                    """
                            + Files.readString(rules));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        postgres.value("select pg_reload_conf()");
    }

    /// What the login itself reads, without us.
    static List<List<String>> psql(String login, String password, String sql) {
        String url =
                "jdbc:postgresql://127.0.0.1:%d/postgres"
                        .formatted(GatewayDatabases.postgres().port());
        try (var connection = DriverManager.getConnection(url, login, password);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            List<List<String>> all = new ArrayList<>();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.add(rows.getString(i));
                }
                all.add(row);
            }
            return all;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static String open(JsonObject connection) {
        return register(connection).statusCode(201).extract().path("id");
    }

    static void takesLogins(String id, boolean wanted) {
        Response now = admin().get(path(id));
        if (!now.path("databaseCredentials").equals(wanted)) {
            admin().contentType(ContentType.JSON)
                    .header("If-Match", now.header("ETag"))
                    .body(new JsonObject().put("databaseCredentials", wanted).encode())
                    .patch(path(id))
                    .then()
                    .statusCode(200);
        }
    }

    static String path(String id) {
        return "/api/v1/connections/" + id;
    }

    static String dana() {
        return basic("dana", desk, DANA);
    }

    static String erin() {
        return basic("erin", desk, ERIN);
    }

    static String basic(String login, String connection, String password) {
        return encoded(login + "@" + connection + ":" + password);
    }

    static String encoded(String credential) {
        return "Basic "
                + Base64.getEncoder().encodeToString(credential.getBytes(StandardCharsets.UTF_8));
    }

    static Response get(String authorization, String path) {
        return given().header("Authorization", authorization).get(path);
    }

    static Response connections(String authorization) {
        return get(authorization, "/api/v1/connections");
    }

    static JsonObject on(String connection, String sql) {
        return new JsonObject().put("connection_id", connection).put("sql", sql);
    }

    String read(String authorization, String sql) {
        return structured(call(authorization, "query_database", on(desk, sql)))
                .getJsonArray("rows")
                .encode();
    }
}
