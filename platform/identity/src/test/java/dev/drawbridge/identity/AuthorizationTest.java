package dev.drawbridge.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.quicktheories.QuickTheory.qt;

import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class AuthorizationTest {
    private static final int CASES = 20_000;
    private static final List<ProtectedObject> UNIVERSE = RandomCallers.universe();
    private static final ProtectedObject SHOP = ProtectedObject.parse("connection:7/shop");

    @Test
    void decides_as_the_reference_does() {
        qt().withExamples(CASES)
                .forAll(RandomCallers.CALLERS, RandomCallers.OBJECTS)
                .check((caller, object) ->
                        Authorization.effective(caller, object)
                                .text()
                                .equals(
                                        ReferenceAuthorization.effective(
                                                caller, object.toString())));
    }

    @Test
    void reaches_what_the_reference_reaches() {
        qt().withExamples(CASES)
                .forAll(RandomCallers.CALLERS, RandomCallers.OBJECTS, RandomCallers.LEVEL)
                .check((caller, object, needed) ->
                        needed == Level.NONE
                                || Authorization.reaches(caller, needed, object)
                                        == ReferenceAuthorization.reaches(
                                                caller,
                                                needed.text(),
                                                object.toString(),
                                                UNIVERSE));
    }

    @Test
    void never_gives_more_than_the_scopes_let_through() {
        qt().withExamples(CASES)
                .forAll(RandomCallers.CALLERS, RandomCallers.OBJECTS, RandomCallers.GRANTS)
                .check((caller, object, scopes) -> {
                    var scoped = RandomCallers.caller(caller.superuser(), caller.grants(), scopes);
                    var unscoped = RandomCallers.caller(caller.superuser(), caller.grants(), null);
                    Level effective = Authorization.effective(scoped, object);
                    return effective.compareTo(scopes.on(object)) <= 0
                            && effective.compareTo(Authorization.effective(unscoped, object)) <= 0;
                });
    }

    @Test
    void gives_inside_an_object_at_least_what_it_gives_on_it() {
        qt().withExamples(CASES)
                .forAll(RandomCallers.CALLERS, RandomCallers.OBJECTS)
                .check((caller, outer) -> {
                    Level level = Authorization.effective(caller, outer);
                    return UNIVERSE.stream()
                            .filter(outer::covers)
                            .allMatch(
                                    inner -> Authorization.effective(caller, inner).permits(level));
                });
    }

    @Test
    void reaches_whatever_it_may_do() {
        qt().withExamples(CASES)
                .forAll(RandomCallers.CALLERS, RandomCallers.OBJECTS)
                .check((caller, object) -> {
                    Level level = Authorization.effective(caller, object);
                    return level == Level.NONE || Authorization.reaches(caller, level, object);
                });
    }

    @Test
    void sees_a_connection_of_which_it_may_use_one_schema() {
        var caller = caller(false, "connection:7/shop/retail", Level.READ);
        var connection = ProtectedObject.connection("7");

        assertThat(Authorization.may(caller, Level.READ, connection)).isFalse();
        assertThat(Authorization.reaches(caller, Level.READ, connection)).isTrue();
        assertThat(Authorization.reaches(caller, Level.WRITE, connection)).isFalse();
        assertThat(Authorization.reaches(caller, Level.READ, ProtectedObject.connection("8")))
                .isFalse();
    }

    @Test
    void does_not_take_a_grant_and_a_scope_that_do_not_meet_for_a_way_in() {
        var caller =
                RandomCallers.caller(
                        false,
                        grants("connection:7/shop/retail", Level.READ),
                        grants("connection:7/crm", Level.READ));

        assertThat(Authorization.reaches(caller, Level.READ, ProtectedObject.connection("7")))
                .isFalse();
    }

    @Test
    void lets_a_superuser_do_everything_that_the_token_lets_through() {
        var free = RandomCallers.caller(true, Grants.NOTHING, null);
        var scoped =
                RandomCallers.caller(true, Grants.NOTHING, grants("connection:7", Level.WRITE));

        assertThat(Authorization.effective(free, SHOP)).isEqualTo(Level.ADMIN);
        assertThat(Authorization.effective(scoped, SHOP)).isEqualTo(Level.WRITE);
        assertThat(Authorization.effective(scoped, ProtectedObject.tool("x")))
                .isEqualTo(Level.NONE);
    }

    @Test
    void lets_a_token_with_empty_scopes_do_nothing() {
        var caller = RandomCallers.caller(true, Grants.NOTHING, Grants.NOTHING);

        assertThat(Authorization.effective(caller, SHOP)).isEqualTo(Level.NONE);
    }

    @Test
    void names_what_is_missing_when_it_refuses() {
        var reader = caller(false, "connection:7", Level.READ);

        assertThatCode(() -> Authorization.require(reader, Level.READ, SHOP))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Authorization.require(reader, Level.WRITE, SHOP))
                .hasMessageContaining("AUTHORIZATION_ERROR")
                .hasMessageContaining("write on connection:7/shop");
    }

    private static Caller caller(boolean superuser, String object, Level level) {
        return RandomCallers.caller(superuser, grants(object, level), null);
    }

    private static Grants grants(String object, Level level) {
        return new Grants(Map.of(ProtectedObject.parse(object), level));
    }

    @Test
    void says_whether_grants_or_scopes_are_what_is_missing() {
        Grants read = new Grants(Map.of(SHOP, Level.READ));
        Grants write = new Grants(Map.of(SHOP, Level.WRITE));

        assertThat(refusal(write, read))
                .isEqualTo(new Problem.OutOfScope("write on connection:7/shop", "write"));
        for (Problem other :
                List.of(refusal(read, null), refusal(read, read), refusal(read, write))) {
            assertThat(other).isEqualTo(new Problem.Forbidden("write on connection:7/shop"));
        }
    }

    private static Problem refusal(Grants grants, @Nullable Grants scopes) {
        var caller = RandomCallers.caller(false, grants, scopes);
        return catchThrowableOfType(
                        ProblemException.class,
                        () -> Authorization.require(caller, Level.WRITE, SHOP))
                .problem();
    }
}
