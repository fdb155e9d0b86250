package dev.drawbridge.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.sql.SecretBox;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/// The data key rotates while connections are in use.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class ResealedConnectionTest extends GatewayCase {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject SecretBox secrets;

    @Test
    void opens_with_the_new_key_alone_also_where_it_was_never_opened_before() throws IOException {
        String unused = register("unused").statusCode(201).extract().path("id");
        String signed = register(signed("unused signed")).statusCode(201).extract().path("id");
        String tag = admin().get("/api/v1/connections/" + unused).header("ETag");
        Path file = ConfigProvider.getConfig().getValue("drawbridge.data-key.file", Path.class);
        String old = Files.readString(file);
        String key = "k" + UUID.randomUUID() + ":" + "B".repeat(42) + "A=\n";

        replace(file, key + old);
        Awaitility.await("all passwords under the new key")
                .atMost(SOON)
                .until(() -> keys().equals(key.substring(0, key.indexOf(':'))));
        replace(file, key);
        Awaitility.await("the old key to be forgotten").atMost(SOON).until(() -> !knows(old));

        // What is in memory follows within two seconds; a key may go an hour after it sealed.
        Awaitility.await("the connection to open")
                .atMost(SOON)
                .until(() -> test(unused).statusCode() == 200);
        test(unused).then().body("ok", equalTo(true));
        admin().contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/connections/" + signed + "/install-rls")
                .then()
                .statusCode(200)
                .body("sql", containsString("insert into drawbridge.key"));
        assertThat(rows("alice", "select 1 as one")).isEqualTo("[[1]]");
        admin().get("/api/v1/connections/" + unused).then().header("ETag", equalTo(tag));
    }

    @Test
    void keeps_its_new_seal_when_something_else_is_changed() {
        String id = register("resealed").statusCode(201).extract().path("id");
        String resealed =
                secrets.seal(
                        "connection:" + id + ":password",
                        "agent-secret".getBytes(StandardCharsets.UTF_8));
        GatewayDatabases.postgres()
                .run(
                        "update gateway.connection set sealed_password = '%s' where id = '%s'"
                                .formatted(resealed, id));

        change(id, "{\"maxConnections\":5}");
        assertThat(sealed(id)).isEqualTo(resealed);
        change(id, "{\"password\":\"agent-secret\"}");
        assertThat(sealed(id)).isNotEqualTo(resealed);
    }

    private static Response test(String id) {
        return admin().post("/api/v1/connections/" + id + "/test");
    }

    private static void change(String id, String change) {
        String tag = admin().get("/api/v1/connections/" + id).header("ETag");
        admin().contentType(ContentType.JSON)
                .header("If-Match", tag)
                .body(change)
                .patch("/api/v1/connections/" + id)
                .then()
                .statusCode(200);
    }

    /// Whether the service still opens what a key of this file has sealed.
    private boolean knows(String lines) {
        try {
            Path file = Files.writeString(Files.createTempFile("key", null), lines);
            file.toFile().deleteOnExit();
            secrets.open("p", SecretBox.of(file).seal("p", new byte[1]));
            return true;
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        } catch (IllegalStateException unknown) {
            return false;
        }
    }

    private static void replace(Path file, String lines) throws IOException {
        Path draft = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), lines);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String keys() {
        return value(
                "select string_agg(distinct split_part(sealed, ':', 1), ',')"
                        + " from (select sealed_password as sealed from gateway.connection"
                        + " union all select sealed from gateway.connection_secret) all_of_them");
    }

    private static JsonObject signed(String name) {
        return connection(name).put("rls", new JsonObject().put("mode", "signed"));
    }

    private static String sealed(String id) {
        return value("select sealed_password from gateway.connection where id = '" + id + "'");
    }

    private static String value(String sql) {
        try (var connection = GatewayDatabases.postgres().connect();
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
