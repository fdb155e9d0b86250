package dev.drawbridge.auth.effective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.auth.credential.Credentials;
import dev.drawbridge.identity.Authorization;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.identity.network.ClientAddress;
import dev.drawbridge.sql.Db;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Random group graphs through the service itself: it nests, refuses circles, takes nestings and
/// grants back, and computes in SQL what a plain reference computes in arrays. Beside each there is
/// a tenant where the same ids hold everything, for a statement that forgets the tenant.
@QuarkusTest
@WithTestResource(AuthDatastore.class)
class GroupGraphTest {
    private static final ClientAddress HERE = ClientAddress.parse("127.0.0.1").orElseThrow();

    private static final int CASES = Integer.getInteger("drawbridge.graphs", 70);
    private static final List<String> EXPLAINED =
            List.of("connection:a/x", "tool:query", "admin:users");

    @Inject Credentials credentials;

    @Test
    void is_decided_by_the_service_as_the_reference_does() {
        var refused = new AtomicInteger();
        var tried = new AtomicInteger();
        qt().withExamples(CASES)
                .withShrinkCycles(0)
                .forAll(GroupGraph.GRAPHS)
                .checkAssert(graph -> {
                    var built = new Built(graph);
                    var reference = ReferenceGraph.unnested(graph);
                    List<List<Integer>> nested = new ArrayList<>();
                    for (List<Integer> nesting : graph.nestings()) {
                        tried.incrementAndGet();
                        boolean may = reference.mayNest(nesting);
                        assertThat(built.nest(nesting)).isEqualTo(may ? 201 : 409);
                        if (may) {
                            reference.nest(nesting);
                            nested.add(nesting);
                        } else {
                            refused.incrementAndGet();
                        }
                    }
                    check(built, reference);
                    GroupGraph rest = graph.rest(nested);
                    built.shrink(rest);
                    check(built, ReferenceGraph.of(rest));
                });
        assertThat(refused.get()).isBetween(CASES / 2, tried.get() - CASES / 2);
    }

    private void check(Built built, ReferenceGraph reference) {
        String credential = built.credential();
        var withScopes = credentials.toExchange(credential, null, HERE);
        var alone = credentials.toExchange(built.kim.session(), null, HERE);
        for (String object : GroupGraph.OBJECTS) {
            var asked = ProtectedObject.parse(object);
            assertThat(Authorization.effective(withScopes, asked).text())
                    .as(object)
                    .isEqualTo(reference.effective(object));
            assertThat(Authorization.effective(alone, asked).text())
                    .as(object)
                    .isEqualTo(reference.granted(object));
        }
        for (String object : EXPLAINED) {
            var explained =
                    Api.bearer(credential)
                            .queryParam("object", object)
                            .get("/api/v1/auth/effective")
                            .then()
                            .statusCode(200)
                            .extract();
            assertThat(explained.<String>path("level")).isEqualTo(reference.effective(object));
            assertThat(explained.<String>path("granted")).isEqualTo(reference.granted(object));
        }
    }

    /// A graph in a tenant of its own, without its nestings.
    private static final class Built {
        private final TestTenant tenant = TestTenant.fresh();
        private final Person admin = tenant.superuser("root");
        private final GroupGraph graph;
        private final Person kim;
        private final List<UUID> groups;
        private final Map<List<Integer>, String> nested = new HashMap<>();

        Built(GroupGraph graph) {
            this.graph = graph;
            this.kim = graph.superuser() ? tenant.superuser("kim") : tenant.person("kim");
            this.groups = Stream.generate(Db::newId).limit(graph.groups()).toList();
            insertGroups();
            graph.direct().forEach(group -> tenant.member(groups.get(group), kim));
            insertGrants();
            insertTwin();
        }

        /// Everything of the same ids: the user in every group, every group in every other, and all
        /// granted.
        private void insertTwin() {
            String twin = TestTenant.fresh().id();
            String own = tenant.id();
            TestTenant.run(
                    """
                    insert into auth.users (tenant_id, id, username, username_key, superuser)
                    select ?, id, username, username_key, true from auth.users
                     where tenant_id = ? and id = ?
                    """,
                    twin,
                    own,
                    kim.id());
            TestTenant.run(
                    """
                    insert into auth.groups (tenant_id, id, name, name_key)
                    select ?, id, name, name_key from auth.groups where tenant_id = ?
                    """,
                    twin,
                    own);
            TestTenant.run(
                    """
                    insert into auth.group_member
                           (tenant_id, id, group_id, user_id, member_group_id)
                    select g.tenant_id, gen_random_uuid(), g.id, m.user_id, m.group_id
                      from auth.groups g
                      join (select ?::uuid as user_id, null::uuid as group_id
                             union all
                            select null, id from auth.groups where tenant_id = ?) as m
                        on g.id is distinct from m.group_id
                     where g.tenant_id = ?
                    """,
                    kim.id(),
                    twin,
                    twin);
            TestTenant.run(
                    """
                    insert into auth.grants (tenant_id, id, group_id, object, level)
                    select tenant_id, gen_random_uuid(), id, '*', 'admin'
                      from auth.groups where tenant_id = ?
                    """,
                    twin);
        }

        /// Each kind in one statement: two hundred graphs are many rows.
        private void insertGroups() {
            TestTenant.run(
                    """
                    insert into auth.groups (tenant_id, id, name, name_key)
                    select ?, id, id::text, id::text from unnest(?::uuid[]) as id
                    """,
                    tenant.id(),
                    array(groups));
        }

        private void insertGrants() {
            List<UUID> ids = new ArrayList<>();
            List<UUID> owners = new ArrayList<>();
            List<String> objects = new ArrayList<>();
            List<String> levels = new ArrayList<>();
            graph.grants()
                    .forEach((group, held) ->
                            held.forEach((object, level) -> {
                                ids.add(Db.newId());
                                owners.add(groups.get(group));
                                objects.add(object);
                                levels.add(level);
                            }));
            TestTenant.run(
                    """
                    insert into auth.grants (tenant_id, id, group_id, object, level)
                    select ?, g.*
                      from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[]) as g
                    """,
                    tenant.id(),
                    array(ids),
                    array(owners),
                    array(objects),
                    array(levels));
        }

        /// PostgreSQL's text for an array of words without commas.
        private static String array(List<?> words) {
            return words.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
        }

        int nest(List<Integer> nesting) {
            String members = "/api/v1/groups/" + groups.get(nesting.getLast()) + "/members";
            Response made =
                    Api.as(admin)
                            .body("{\"groupId\": \"" + groups.get(nesting.getFirst()) + "\"}")
                            .post(members);
            if (made.statusCode() == 201) {
                nested.put(nesting, members + "/" + made.path("id"));
            }
            return made.statusCode();
        }

        /// Takes back, through the service, what is not in this graph.
        void shrink(GroupGraph rest) {
            nested.forEach((nesting, membership) -> {
                if (!rest.nestings().contains(nesting)) {
                    Api.as(admin).delete(membership).then().statusCode(204);
                }
            });
            graph.grants()
                    .forEach((group, held) ->
                            held.keySet().stream()
                                    .filter(object ->
                                            !rest.grants()
                                                    .getOrDefault(group, Map.of())
                                                    .containsKey(object))
                                    .forEach(object -> revoke(groups.get(group), object)));
        }

        private void revoke(UUID group, String object) {
            String grant =
                    TestTenant.query(
                            "select id from auth.grants"
                                    + " where tenant_id = ? and group_id = ? and object = ?",
                            tenant.id(),
                            group,
                            object);
            Api.as(admin).delete("/api/v1/grants/" + grant).then().statusCode(204);
        }

        /// Kim's session, or a token with the graph's scopes.
        String credential() {
            return graph.scopes() == null ? kim.session() : token();
        }

        private String token() {
            var scopes = new JsonArray();
            graph.scopes()
                    .forEach((object, level) ->
                            scopes.add(new JsonObject().put("object", object).put("level", level)));
            return tenant.token(kim, scopes.encode());
        }
    }
}
