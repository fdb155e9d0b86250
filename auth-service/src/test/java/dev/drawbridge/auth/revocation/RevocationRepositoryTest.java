package dev.drawbridge.auth.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.identity.Revocation;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Hears what is announced, as the other services do.
@QuarkusTest
@WithTestResource(AuthDatastore.class)
class RevocationRepositoryTest {
    private static final int PATIENCE_MS = 5_000;
    private static final int A_WHILE_MS = 300;

    private final TestTenant tenant = TestTenant.fresh();
    private final Person admin = tenant.superuser("root");
    private Connection connection;

    @BeforeEach
    void listen() throws SQLException {
        connection = TestTenant.connect();
        try (var statement = connection.createStatement()) {
            statement.execute("listen " + Revocation.CHANNEL);
        }
    }

    @AfterEach
    void stop() throws SQLException {
        connection.close();
    }

    @Test
    void announces_a_revoked_token_and_those_it_made() throws SQLException {
        Person kim = tenant.person("kim");
        String parent = Api.newToken(kim, "");
        String child =
                Api.bearer(parent)
                        .body("{\"name\": \"x\"}")
                        .post("/api/v1/auth/tokens")
                        .then()
                        .extract()
                        .path("id");
        String id =
                Api.bearer(parent).get("/api/v1/auth/me").then().extract().path("credential.id");

        Api.as(kim).delete("/api/v1/auth/tokens/" + id).then().statusCode(204);

        assertThat(heard(2)).containsExactlyInAnyOrder(ofCredential(id), ofCredential(child));
    }

    @Test
    void announces_a_logout() throws SQLException {
        Person kim = tenant.person("kim");
        String id = Api.as(kim).get("/api/v1/auth/me").then().extract().path("credential.id");

        Api.as(kim).post("/api/v1/auth/logout").then().statusCode(204);

        assertThat(heard(1)).containsExactly(ofCredential(id));
    }

    @Test
    void announces_a_user_who_is_changed_or_removed() throws SQLException {
        Person kim = tenant.person("kim");
        String path = "/api/v1/users/" + kim.id();

        Api.as(admin).header("If-Match", "*").body("{\"enabled\": false}").patch(path);
        assertThat(heard(1)).containsExactly(ofUser(kim));

        Api.as(admin).delete(path).then().statusCode(204);
        assertThat(heard(1)).containsExactly(ofUser(kim));
    }

    @Test
    void announces_everyone_inside_a_group_of_which_the_grants_or_members_change()
            throws SQLException {
        UUID outer = tenant.group("outer");
        UUID inner = tenant.group("inner");
        Person kim = tenant.person("kim");
        Person lee = tenant.person("lee");
        tenant.member(inner, kim);
        tenant.member(outer, lee);

        Api.as(admin)
                .body("{\"groupId\": \"" + inner + "\"}")
                .post("/api/v1/groups/" + outer + "/members")
                .then()
                .statusCode(201);
        assertThat(heard(1)).containsExactly(ofUser(kim));

        String grant =
                Api.as(admin)
                        .body(
                                "{\"groupId\":\""
                                        + outer
                                        + "\",\"object\":\"tool:*\",\"level\":\"read\"}")
                        .post("/api/v1/grants")
                        .then()
                        .extract()
                        .path("id");
        assertThat(heard(2)).containsExactlyInAnyOrder(ofUser(kim), ofUser(lee));

        Api.as(admin).delete("/api/v1/grants/" + grant).then().statusCode(204);
        assertThat(heard(2)).containsExactlyInAnyOrder(ofUser(kim), ofUser(lee));

        Api.as(admin).delete("/api/v1/groups/" + outer).then().statusCode(204);
        assertThat(heard(2)).containsExactlyInAnyOrder(ofUser(kim), ofUser(lee));
    }

    @Test
    void announces_one_member_who_comes_and_goes() throws SQLException {
        UUID group = tenant.group("group");
        Person kim = tenant.person("kim");
        String members = "/api/v1/groups/" + group + "/members";

        String id =
                Api.as(admin)
                        .body("{\"userId\": \"" + kim.id() + "\"}")
                        .post(members)
                        .then()
                        .extract()
                        .path("id");
        Api.as(admin).delete(members + "/" + id).then().statusCode(204);

        assertThat(heard(2)).containsExactly(ofUser(kim), ofUser(kim));
    }

    @Test
    void announces_everyone_at_once_when_a_group_is_large() throws SQLException {
        UUID group = tenant.group("large");
        for (int i = 0; i < 101; i++) {
            tenant.member(group, tenant.person("user" + i));
        }

        Api.as(admin)
                .body("{\"groupId\":\"" + group + "\",\"object\":\"tool:*\",\"level\":\"read\"}")
                .post("/api/v1/grants")
                .then()
                .statusCode(201);

        assertThat(heard(1)).containsExactly(Revocation.ofEveryone().payload());
    }

    @Test
    void announces_nothing_that_was_not_done() throws SQLException {
        Api.as(admin)
                .header("If-Match", "*")
                .body("{\"enabled\": false}")
                .patch("/api/v1/users/" + admin.id())
                .then()
                .spec(Api.conflict());
        Api.as(admin)
                .body("{\"name\": \"unrelated\"}")
                .post("/api/v1/groups")
                .then()
                .statusCode(201);

        assertThat(notifications(A_WHILE_MS)).isEmpty();
    }

    private List<String> heard(int count) throws SQLException {
        List<String> payloads = new ArrayList<>();
        while (payloads.size() < count) {
            List<String> more = notifications(PATIENCE_MS);
            assertThat(more).isNotEmpty();
            payloads.addAll(more);
        }
        return payloads;
    }

    private List<String> notifications(int waitMs) throws SQLException {
        var received = connection.unwrap(PGConnection.class).getNotifications(waitMs);
        return received == null
                ? List.of()
                : java.util.Arrays.stream(received).map(each -> each.getParameter()).toList();
    }

    private static String ofCredential(String id) {
        return Revocation.ofCredential(UUID.fromString(id)).payload();
    }

    private static String ofUser(Person person) {
        return Revocation.ofUser(person.id()).payload();
    }
}
