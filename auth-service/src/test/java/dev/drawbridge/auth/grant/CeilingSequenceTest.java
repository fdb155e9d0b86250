package dev.drawbridge.auth.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.auth.credential.Credentials;
import dev.drawbridge.identity.Authorization;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.identity.network.ClientAddress;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/// Two delegates who may administer groups and users do whatever comes to their mind, together,
/// with their tokens and those that the tokens made. However long they go on, nobody holds more
/// than they had, or than the person had before; who came by an invitation no more than they had.
@QuarkusTest
@WithTestResource(AuthDatastore.class)
class CeilingSequenceTest {
    private static final ClientAddress HERE = ClientAddress.parse("127.0.0.1").orElseThrow();

    private static final int SEQUENCES = Integer.getInteger("drawbridge.sequences", 16);
    private static final int STEPS = 25;
    private static final List<String> OBJECTS =
            List.of(
                    "connection:7",
                    "connection:7/shop",
                    "connection:8",
                    "connection:*",
                    "tool:*",
                    "tool:query",
                    "admin:groups",
                    "admin:users",
                    "admin:*",
                    "*");
    private static final List<String> LEVELS = List.of("read", "write", "admin");

    @Inject Credentials credentials;

    @Test
    void nobody_is_given_more_than_who_gives_holds() {
        int given = 0;
        int refused = 0;
        for (int seed = 0; seed < SEQUENCES; seed++) {
            var sequence = new Sequence(new Random(seed));
            var before = sequence.levels();
            for (int i = 0; i < STEPS; i++) {
                int status = sequence.step().statusCode();
                assertThat(status).as("seed " + seed).isIn(200, 201, 403, 404, 409);
                given += status < 300 ? 1 : 0;
                refused += status == 403 ? 1 : 0;
            }
            sequence.check(before, "seed " + seed);
        }
        assertThat(given).isGreaterThan(SEQUENCES);
        assertThat(refused).isGreaterThan(SEQUENCES);
    }

    private final class Sequence {
        private final Random random;
        private final TestTenant tenant = TestTenant.fresh();
        private final Person strong = tenant.holding("strong", "*", "admin");
        private final Person ann = tenant.holding("ann", "admin:groups", "admin");
        private final Person bob = tenant.holding("bob", "admin:groups", "admin");
        private final Person kim = tenant.holding("kim", "connection:8", "read");
        private final List<Person> everyone = List.of(ann, bob, kim);
        private final List<UUID> groups = new ArrayList<>();
        private final List<String> tools = new ArrayList<>();
        private final Map<String, String> makers = new HashMap<>();
        private final Map<String, String> ids = new HashMap<>();
        private final List<String> grants = new ArrayList<>();
        private final List<String> newcomers = new ArrayList<>();

        Sequence(Random random) {
            this.random = random;
            groups.add(tenant.group("empty"));
            groups.add(tenant.group("for ann"));
            groups.add(tenant.group("for bob"));
            groups.add(tenant.group("above ann"));
            groups.add(UUID.fromString(groupOf(strong)));
            tenant.member(groups.get(1), ann);
            tenant.member(groups.get(2), bob);
            tenant.grant(groups.get(1), pick(OBJECTS.subList(0, 6)), pick(LEVELS));
            tenant.grant(groups.get(2), pick(OBJECTS.subList(0, 6)), pick(LEVELS));
            tenant.grant(groups.get(3), "tool:*", "read");
            tenant.nest(groups.get(3), groups.get(1));
            for (Person delegate : List.of(ann, bob)) {
                tenant.grant(UUID.fromString(groupOf(delegate)), "admin:users", "admin");
            }
            grants.addAll(grantsByGroup());
            tools.add(ann.session());
            tools.add(bob.session());
        }

        private String groupOf(Person person) {
            return TestTenant.query(
                    """
                    select group_id from auth.group_member m join auth.groups g
                        on g.tenant_id = m.tenant_id and g.id = m.group_id
                     where m.tenant_id = ? and m.user_id = ? and g.name like 'of %'
                    """,
                    tenant.id(), person.id());
        }

        /// In an order that does not depend on random ids: a seed says what happens.
        private List<String> grantsByGroup() {
            return List.of(
                    TestTenant.query(
                                    """
                                    select string_agg(r.id::text, ',' order by g.name, r.object)
                                      from auth.grants r join auth.groups g
                                        on g.tenant_id = r.tenant_id and g.id = r.group_id
                                     where r.tenant_id = ?
                                    """,
                                    tenant.id())
                            .split(","));
        }

        /// One call of one of the two, with any of their credentials.
        Response step() {
            String by = pick(tools);
            return switch (random.nextInt(11)) {
                case 0, 1, 2 -> grant(by);
                case 3 -> add(by, "userId", pick(everyone).id());
                case 4 -> add(by, "groupId", pick(groups));
                case 5 -> raise(by);
                case 6 -> newGroup(by);
                case 7 -> rotate(by);
                case 8, 9 -> invite(by);
                default -> newToken(by);
            };
        }

        private Response grant(String by) {
            String body = "{\"groupId\": \"%s\", \"object\": \"%s\", \"level\": \"%s\"}";
            var made =
                    Api.bearer(by)
                            .body(body.formatted(pick(groups), pick(OBJECTS), pick(LEVELS)))
                            .post("/api/v1/grants");
            if (made.statusCode() == 201) {
                grants.add(made.path("id"));
            }
            return made;
        }

        private Response add(String by, String member, UUID id) {
            return Api.bearer(by)
                    .body("{\"" + member + "\": \"" + id + "\"}")
                    .post("/api/v1/groups/" + pick(groups) + "/members");
        }

        private Response raise(String by) {
            return Api.bearer(by)
                    .header("If-Match", "*")
                    .body("{\"level\": \"" + pick(LEVELS) + "\"}")
                    .patch("/api/v1/grants/" + pick(grants));
        }

        private Response newGroup(String by) {
            var made =
                    Api.bearer(by)
                            .body("{\"name\": \"" + UUID.randomUUID() + "\"}")
                            .post("/api/v1/groups");
            if (made.statusCode() == 201) {
                groups.add(UUID.fromString(made.path("id")));
            }
            return made;
        }

        private Response newToken(String by) {
            String scopes =
                    random.nextInt(3) == 0
                            ? ""
                            : ", \"scopes\": [{\"object\": \"%s\", \"level\": \"%s\"}]"
                                    .formatted(pick(OBJECTS), pick(LEVELS));
            var made =
                    Api.bearer(by)
                            .body("{\"name\": \"t\"" + scopes + "}")
                            .post("/api/v1/auth/tokens");
            remember(made, by);
            return made;
        }

        private void remember(Response made, String by) {
            if (made.statusCode() == 201) {
                tools.add(made.path("token"));
                makers.put(made.path("token"), by);
                ids.put(made.path("token"), made.path("id"));
            }
        }

        /// A token that there is, of the same person or not; a session is none.
        private Response rotate(String by) {
            String id = ids.getOrDefault(pick(tools), "00000000-0000-7000-8000-000000000000");
            var made = Api.bearer(by).body("{}").post("/api/v1/auth/tokens/" + id + "/rotate");
            remember(made, by);
            return made;
        }

        /// Somebody new, who comes at once.
        private Response invite(String by) {
            var made =
                    Api.bearer(by)
                            .body("{\"groups\": [\"" + pick(groups) + "\"]}")
                            .post("/api/v1/invitations");
            if (made.statusCode() == 201) {
                String link = made.path("link");
                String user =
                        Api.anyone()
                                .body(
                                        """
                                        {"token": "%s", "username": "%s",
                                         "password": "green tea at five"}
                                        """
                                                .formatted(
                                                        link.substring(link.indexOf('=') + 1),
                                                        "n-" + newcomers.size()))
                                .post("/api/v1/auth/invitations/accept")
                                .then()
                                .statusCode(201)
                                .extract()
                                .path("id");
                newcomers.add(tenant.session(UUID.fromString(user)));
            }
            return made;
        }

        /// What each credential can do now, on everything.
        Map<String, Map<String, Level>> levels() {
            Map<String, Map<String, Level>> levels = new HashMap<>();
            tools.forEach(tool -> levels.put(tool, levelsOf(tool)));
            levels.put(kim.session(), levelsOf(kim.session()));
            newcomers.forEach(session -> levels.put(session, levelsOf(session)));
            return levels;
        }

        private Map<String, Level> levelsOf(String credential) {
            var caller = credentials.toExchange(credential, null, HERE);
            Map<String, Level> levels = new HashMap<>();
            for (String object : OBJECTS) {
                levels.put(object, Authorization.effective(caller, ProtectedObject.parse(object)));
            }
            return levels;
        }

        void check(Map<String, Map<String, Level>> before, String seed) {
            var now = levels();
            for (String object : OBJECTS) {
                Level together =
                        Level.max(
                                before.get(ann.session()).get(object),
                                before.get(bob.session()).get(object));
                now.forEach((credential, levels) -> {
                    Level own = before.getOrDefault(credential, Map.of()).get(object);
                    Level most = own == null ? together : Level.max(own, together);
                    assertThat(most.permits(levels.get(object))).as(seed + " " + object).isTrue();
                });
                makers.forEach((made, maker) ->
                        assertThat(now.get(maker).get(object).permits(now.get(made).get(object)))
                                .as(seed + ": a token and its maker on " + object)
                                .isTrue());
            }
        }

        private <T> T pick(List<T> values) {
            return values.get(random.nextInt(values.size()));
        }
    }
}
