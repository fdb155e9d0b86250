package dev.drawbridge.gateway.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import dev.drawbridge.gateway.pool.Asker;
import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.Rls;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.TlsMode;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.Grants;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;

import org.junit.jupiter.api.Test;
import org.quicktheories.core.Gen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Reads share rows when everything is equal, and only then. A read is a list of choices, one for
/// each thing that may differ.
final class ResultKeyTest {
    static final int THINGS = 21;
    private static final List<Object> PARAMETERS =
            List.of(1, "1", 1.0, true, "true", List.of(1), List.of("1"), Map.of("a", 1));

    /// Mostly the same, so that equal ones are met often.
    static Gen<List<Integer>> reads() {
        return lists().of(integers().between(0, 15).map(any -> Math.max(0, any - 14)))
                .ofSize(THINGS);
    }

    @Test
    void two_reads_have_one_key_if_everything_is_equal_and_only_then() {
        qt().withExamples(5_000)
                .forAll(reads(), reads())
                .check((one, other) ->
                        key(one).equals(key(other)) == one.equals(other)
                                && key(one).equals(key(new ArrayList<>(one)))
                                && key(one).hashCode() == key(new ArrayList<>(one)).hashCode());
    }

    @Test
    void each_thing_makes_a_difference_by_itself() {
        List<Integer> plain = new ArrayList<>(Collections.nCopies(THINGS, 0));
        for (int i = 0; i < THINGS; i++) {
            List<Integer> other = new ArrayList<>(plain);
            other.set(i, 1);
            assertThat(key(other)).as("thing " + i).isNotEqualTo(key(plain));
        }
        assertThat(key(plain)).isEqualTo(key(new ArrayList<>(plain)));
    }

    @Test
    void parameters_of_another_type_are_others() {
        var keys =
                PARAMETERS.stream()
                        .map(value -> key(plain(), new Statement("s", List.of(value), 0, 1)))
                        .distinct();
        assertThat(keys).hasSize(PARAMETERS.size());
    }

    @Test
    void a_signature_of_another_moment_makes_no_difference() {
        var first =
                new RowContext(
                        "s", List.of("a", "signed at noon"), "d", Asker.GATEWAY, "signed at noon");
        assertThat(signed(first)).isEqualTo(signed(first.signedAs("signed later")));
        assertThat(signed(first))
                .isNotEqualTo(
                        signed(
                                new RowContext(
                                        "s",
                                        List.of("b", "signed at noon"),
                                        "d",
                                        Asker.GATEWAY,
                                        "signed at noon")));
    }

    static ResultKey key(List<Integer> choices) {
        var statement =
                new Statement(
                        "select " + choices.get(15),
                        Arrays.asList(PARAMETERS.get(choices.get(16)), null),
                        choices.get(17),
                        1 + choices.get(18));
        return key(choices, statement);
    }

    private static ResultKey key(List<Integer> choices, Statement statement) {
        var who =
                new RowContext(
                        "select set_config($1, $2)" + choices.get(8),
                        List.of("owner", "value " + choices.get(9)),
                        "{\"mode\": " + choices.get(10) + "}",
                        Asker.GATEWAY);
        return ResultKey.of(
                caller(choices),
                who,
                target(choices),
                "database " + choices.get(19),
                statement,
                choices.get(20));
    }

    private static ResultKey signed(RowContext who) {
        var statement = new Statement("s", List.of(), 0, 1);
        return ResultKey.of(caller(plain()), who, target(plain()), "d", statement, 0);
    }

    private static List<Integer> plain() {
        return Collections.nCopies(THINGS, 0);
    }

    private static Caller caller(List<Integer> choices) {
        return new Caller(
                id(choices.get(0)),
                "user",
                "tenant " + choices.get(1),
                choices.get(2) > 0,
                List.of("group " + choices.get(3)),
                Map.of("store_id", choices.get(4)),
                new Caller.Credential(CredentialType.API_TOKEN, id(choices.get(5)), null, null),
                grants(choices.get(6)),
                choices.get(7) == 0 ? null : grants(choices.get(7)));
    }

    private static Grants grants(int which) {
        return new Grants(
                Map.of(ProtectedObject.parse("connection:" + which), Level.values()[1 + which]));
    }

    private static Target target(List<Integer> choices) {
        return new Target(
                id(choices.get(11)),
                choices.get(12),
                "127.0.0.1",
                5432,
                "user " + choices.get(13),
                "secret",
                TlsMode.DISABLE,
                null,
                PoolMode.DIRECT,
                1,
                Rls.NONE,
                choices.get(14) == 0 ? null : id(choices.get(14)));
    }

    private static UUID id(int which) {
        return new UUID(0, which);
    }
}
