package dev.drawbridge.auth.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.testkit.AtOnce;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
class UserCeilingTest {
    private static final String USERS = "/api/v1/users";
    private static final String NEW =
            "{\"username\": \"lee\", \"password\": \"correct horse battery\"}";

    private final TestTenant tenant = TestTenant.fresh();
    private final Person admin = tenant.superuser("root");

    @Test
    void lets_only_a_superuser_make_change_or_remove_a_superuser() {
        Person delegate = tenant.holding("delegate", "admin:*", "admin");
        Person everything = tenant.holding("everything", "*", "admin");
        Person ann = tenant.person("ann");
        String superuser =
                "{\"username\": \"x\", \"password\": \"correct horse battery\", \"superuser\": true}";

        for (Person person : new Person[] {delegate, everything}) {
            Api.as(person).body(superuser).post(USERS).then().spec(Api.forbidden());
            change(person, ann, "*", "{\"superuser\": true}").then().spec(Api.forbidden());
            change(person, admin, "*", "{\"enabled\": false}").then().spec(Api.forbidden());
            change(person, admin, "*", "{\"password\": \"taken over by me\"}")
                    .then()
                    .spec(Api.forbidden());
            Api.as(person).delete(USERS + "/" + admin.id()).then().spec(Api.forbidden());
        }
        Api.as(admin).body(superuser).post(USERS).then().statusCode(201);
        change(admin, ann, "*", "{\"superuser\": true}").then().statusCode(200);
    }

    @Test
    void lets_no_scoped_token_of_a_superuser_make_one() {
        String scoped =
                Api.newToken(
                        admin, "\"scopes\": [{\"object\": \"admin:*\", \"level\": \"admin\"}]");

        Api.bearer(scoped)
                .body(NEW.replace("}", ", \"superuser\": true}"))
                .post(USERS)
                .then()
                .spec(Api.forbidden());
        Api.bearer(scoped).body(NEW).post(USERS).then().statusCode(201);
    }

    @Test
    void lets_nobody_set_the_password_of_someone_who_holds_more() {
        Person delegate = tenant.holding("delegate", "admin:users", "admin");
        Person strong = tenant.holding("strong", "connection:7", "write");
        Person weak = tenant.person("weak");
        String body = "{\"password\": \"taken over by me\"}";

        change(delegate, strong, "*", body).then().spec(Api.forbidden());
        change(delegate, weak, "*", body).then().statusCode(200);
        change(admin, strong, "*", body).then().statusCode(200);
    }

    @Test
    void keeps_one_superuser_who_can_sign_in() {
        change(admin, admin, "*", "{\"enabled\": false}").then().spec(Api.conflict());
        change(admin, admin, "*", "{\"superuser\": false}").then().spec(Api.conflict());
        Api.as(admin).delete(USERS + "/" + admin.id()).then().spec(Api.conflict());

        Person second = tenant.superuser("second");
        change(admin, second, "*", "{\"enabled\": false}").then().statusCode(200);
        Api.as(admin).delete(USERS + "/" + admin.id()).then().spec(Api.conflict());
        change(admin, second, "*", "{\"enabled\": true}").then().statusCode(200);
        Api.as(admin).delete(USERS + "/" + admin.id()).then().statusCode(204);
    }

    @Test
    void keeps_one_superuser_even_when_many_remove_one_another_at_once() {
        List<Person> all = superusers();

        var statuses =
                AtOnce.of(
                        all.size(),
                        i ->
                                Api.as(all.get(i))
                                        .delete(USERS + "/" + next(all, i).id())
                                        .statusCode());

        assertThat(statuses).contains(204);
        assertThat(whoCanSignIn()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"enabled\": false}", "{\"superuser\": false}"})
    void keeps_one_superuser_even_when_many_disable_or_demote_one_another_at_once(String body) {
        List<Person> all = superusers();

        var statuses =
                AtOnce.of(
                        all.size(), i -> change(all.get(i), next(all, i), "*", body).statusCode());

        assertThat(statuses).contains(200);
        assertThat(whoCanSignIn()).isPositive();
    }

    private List<Person> superusers() {
        return Stream.concat(
                        Stream.of(admin),
                        IntStream.range(1, 8).mapToObj(i -> tenant.superuser("root-" + i)))
                .toList();
    }

    private static Person next(List<Person> ring, int i) {
        return ring.get((i + 1) % ring.size());
    }

    private int whoCanSignIn() {
        return Integer.parseInt(
                TestTenant.query(
                        "select count(*) from auth.users"
                                + " where tenant_id = ? and superuser and enabled",
                        tenant.id()));
    }

    private static Response change(Person by, Person whom, String version, String body) {
        return Api.as(by).header("If-Match", version).body(body).patch(USERS + "/" + whom.id());
    }
}
