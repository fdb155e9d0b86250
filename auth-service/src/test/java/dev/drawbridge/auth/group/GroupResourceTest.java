package dev.drawbridge.auth.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.testkit.AtOnce;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
class GroupResourceTest {
    private static final String GROUPS = "/api/v1/groups";

    private final TestTenant tenant = TestTenant.fresh();
    private final Person admin = tenant.superuser("root");

    @Test
    void makes_reads_renames_and_removes_a_group() {
        String id =
                Api.as(admin)
                        .body("{\"name\": \"Store managers\"}")
                        .post(GROUPS)
                        .then()
                        .statusCode(201)
                        .body("name", equalTo("Store managers"))
                        .extract()
                        .path("id");
        String group = GROUPS + "/" + id;

        Api.as(admin).get(group).then().statusCode(200).header("ETag", "\"1\"");
        Api.as(admin)
                .header("If-Match", "\"1\"")
                .body("{\"name\": \"Managers\"}")
                .patch(group)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"");
        Api.as(admin).get(GROUPS + "?name=managers").then().body("items.id", contains(id));
        Api.as(admin).header("If-Match", "\"1\"").delete(group).then().statusCode(412);
        Api.as(admin).header("If-Match", "\"2\"").delete(group).then().statusCode(204);
        Api.as(admin).get(group).then().spec(Api.notFound());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name | {}",
                "name | {'name': ''}",
                "name | {'name': ' x'}",
                "name | {'name': ['x']}",
                "nam | {'nam': 'x'}"
            })
    void names_the_field_that_is_wrong(String field, String body) {
        Api.as(admin).body(body.replace('\'', '"')).post(GROUPS).then().spec(Api.invalid(field));
    }

    @Test
    void makes_no_second_group_of_the_same_name() {
        Api.as(admin).body("{\"name\": \"North\"}").post(GROUPS).then().statusCode(201);

        Api.as(admin).body("{\"name\": \"NORTH\"}").post(GROUPS).then().spec(Api.conflict());
    }

    @Test
    void gives_a_member_what_the_group_and_every_group_around_it_holds() {
        UUID inner = tenant.group("inner");
        UUID middle = tenant.group("middle");
        UUID outer = tenant.group("outer");
        tenant.grant(outer, "admin:users", "read");
        Person kim = tenant.person("kim");

        add(admin, inner, "userId", kim.id());
        add(admin, middle, "groupId", inner);
        add(admin, outer, "groupId", middle);

        Api.as(kim)
                .get("/api/v1/auth/me")
                .then()
                .body("groups", equalTo(List.of("inner", "middle", "outer")));
        Api.as(kim).get("/api/v1/users").then().statusCode(200);
    }

    @Test
    void takes_away_what_a_removed_member_held_through_the_group() {
        UUID inner = tenant.group("inner");
        UUID outer = tenant.group("outer");
        tenant.grant(outer, "admin:users", "read");
        Person kim = tenant.person("kim");
        tenant.member(inner, kim);
        String nested = add(admin, outer, "groupId", inner);
        String membership = GROUPS + "/" + outer + "/members/" + nested;
        Api.as(kim).get("/api/v1/users").then().statusCode(200);
        Api.as(admin).get(membership).then().statusCode(200).body("name", equalTo("inner"));

        Api.as(admin).delete(membership).then().statusCode(204);

        Api.as(admin).get(membership).then().spec(Api.notFound());
        Api.as(kim).get("/api/v1/users").then().spec(Api.forbidden());
    }

    @Test
    void lists_its_members_by_name() {
        UUID outer = tenant.group("outer");
        UUID inner = tenant.group("inner");
        Person kim = tenant.person("kim");
        add(admin, outer, "userId", kim.id());
        add(admin, outer, "groupId", inner);

        Api.as(admin)
                .get(GROUPS + "/" + outer + "/members")
                .then()
                .statusCode(200)
                .body("items.name", contains("kim", "inner"))
                .body("items[0].userId", equalTo(kim.id().toString()))
                .body("items[1].memberGroupId", equalTo(inner.toString()));
        Api.as(admin)
                .get(GROUPS + "/" + outer + "/members?limit=1")
                .then()
                .body("items", hasSize(1));
    }

    @Test
    void refuses_a_member_twice() {
        UUID group = tenant.group("group");
        Person kim = tenant.person("kim");
        add(admin, group, "userId", kim.id());

        member(admin, group, "userId", kim.id()).then().spec(Api.conflict());
    }

    @Test
    void never_lets_a_group_into_itself() {
        UUID a = tenant.group("a");
        UUID b = tenant.group("b");
        UUID c = tenant.group("c");
        add(admin, a, "groupId", b);
        add(admin, b, "groupId", c);

        member(admin, a, "groupId", a).then().spec(Api.conflict());
        member(admin, b, "groupId", a).then().spec(Api.conflict());
        member(admin, c, "groupId", a).then().spec(Api.conflict());
        member(admin, a, "groupId", c).then().statusCode(201);
    }

    @RepeatedTest(5)
    void closes_no_circle_when_all_parts_of_it_come_at_once() {
        List<UUID> ring = IntStream.range(0, 8).mapToObj(i -> tenant.group("g" + i)).toList();

        var statuses =
                AtOnce.of(
                        8,
                        i ->
                                member(admin, ring.get(i), "groupId", ring.get((i + 1) % 8))
                                        .statusCode());

        assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "userId | {}",
                "userId | {'userId': '0197a3f0-0000-7000-8000-000000000000', 'groupId': '0197a3f0-0000-7000-8000-000000000000'}",
                "userId | {'userId': 'kim'}",
                "user | {'user': 'kim'}"
            })
    void names_the_field_of_a_member_that_is_wrong(String field, String body) {
        Api.as(admin)
                .body(body.replace('\'', '"'))
                .post(GROUPS + "/" + tenant.group("group") + "/members")
                .then()
                .spec(Api.invalid(field));
    }

    @Test
    void puts_nobody_into_a_group_that_holds_more_than_who_does_it() {
        Person delegate = tenant.holding("delegate", "admin:groups", "admin");
        UUID strong = tenant.group("strong");
        UUID inside = tenant.group("inside");
        UUID harmless = tenant.group("harmless");
        tenant.grant(strong, "connection:7", "read");
        tenant.nest(strong, inside);

        member(delegate, strong, "userId", delegate.id()).then().spec(Api.forbidden());
        member(delegate, inside, "userId", delegate.id()).then().spec(Api.forbidden());
        member(delegate, strong, "groupId", harmless).then().spec(Api.forbidden());
        member(delegate, harmless, "userId", delegate.id()).then().statusCode(201);
        member(admin, strong, "userId", delegate.id()).then().statusCode(201);
    }

    @Test
    void is_there_for_administrators_of_groups_only() {
        UUID group = tenant.group("group");
        Person reader = tenant.holding("reader", "admin:groups", "read");
        Person other = tenant.holding("other", "admin:users", "admin");
        String path = GROUPS + "/" + group;

        Api.as(other).get(GROUPS).then().spec(Api.forbidden());
        Api.as(other).get(path).then().spec(Api.forbidden());
        Api.as(other).get(path + "/members").then().spec(Api.forbidden());
        Api.as(reader).get(GROUPS).then().statusCode(200);
        Api.as(reader).get(path + "/members").then().statusCode(200);
        Api.as(reader).body("{\"name\": \"x\"}").post(GROUPS).then().spec(Api.forbidden());
        Api.as(reader).delete(path).then().spec(Api.forbidden());
        member(reader, group, "userId", reader.id()).then().spec(Api.forbidden());
        Api.anyone().get(GROUPS).then().spec(Api.unauthenticated());
    }

    @Test
    void shows_nothing_of_another_tenant() {
        UUID group = tenant.group("group");
        Person kim = tenant.person("kim");
        String member = "/members/" + add(admin, group, "userId", kim.id());
        TestTenant foreign = TestTenant.fresh();
        Person stranger = foreign.superuser("root");
        UUID own = foreign.group("own");
        String path = GROUPS + "/" + group;

        Api.as(stranger).get(GROUPS).then().body("items", hasSize(1));
        Api.as(stranger).get(path).then().spec(Api.notFound());
        Api.as(stranger).get(path + "/members").then().spec(Api.notFound());
        Api.as(stranger)
                .header("If-Match", "*")
                .body("{\"name\": \"mine\"}")
                .patch(path)
                .then()
                .spec(Api.notFound());
        for (String tried : new String[] {path, GROUPS + "/" + own}) {
            Api.as(stranger).get(tried + member).then().spec(Api.notFound());
            Api.as(stranger).delete(tried + member).then().spec(Api.notFound());
        }
        Api.as(stranger).delete(path).then().spec(Api.notFound());
        Api.as(admin).get(path).then().body("name", equalTo("group"));
        Api.as(admin).get(path + member).then().statusCode(200);
        member(stranger, group, "userId", stranger.id()).then().spec(Api.notFound());
        member(stranger, own, "userId", kim.id()).then().spec(Api.notFound());
        member(stranger, own, "groupId", group).then().spec(Api.notFound());
    }

    private static String add(Person by, UUID group, String field, UUID member) {
        return member(by, group, field, member).then().statusCode(201).extract().path("id");
    }

    private static io.restassured.response.Response member(
            Person by, UUID group, String field, UUID member) {
        return Api.as(by)
                .body("{\"" + field + "\": \"" + member + "\"}")
                .post(GROUPS + "/" + group + "/members");
    }
}
