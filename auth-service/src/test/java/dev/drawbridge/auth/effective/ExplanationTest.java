package dev.drawbridge.auth.effective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;

import dev.drawbridge.identity.Authorization;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.Grants;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Explanations of random group graphs, circles among them, against a plain reference.
class ExplanationTest {
    private static final int CASES = 10_000;

    @Test
    void gives_the_level_of_the_reference() {
        var seen = new HashSet<Reason>();
        qt().withExamples(CASES)
                .forAll(GroupGraph.GRAPHS, GroupGraph.OBJECT)
                .check((graph, object) -> {
                    var explained = explain(graph, object);
                    seen.add(explained.decidedBy());
                    var reference = ReferenceGraph.of(graph);
                    return explained.level().text().equals(reference.effective(object))
                            && explained.granted().text().equals(reference.granted(object));
                });
        assertThat(seen).contains(Reason.GRANT, Reason.SCOPE, Reason.NOTHING, Reason.SUPERUSER);
    }

    @Test
    void gives_the_level_that_a_request_is_decided_by() {
        qt().withExamples(CASES)
                .forAll(GroupGraph.GRAPHS, GroupGraph.OBJECT)
                .check((graph, object) ->
                        explain(graph, object).level()
                                == Authorization.effective(
                                        caller(graph), ProtectedObject.parse(object)));
    }

    @Test
    void shows_a_shortest_way_to_each_group() {
        qt().withExamples(CASES)
                .forAll(GroupGraph.GRAPHS, GroupGraph.OBJECT)
                .check((graph, object) -> {
                    var reference = ReferenceGraph.of(graph);
                    return explain(graph, object).grants().stream()
                            .allMatch(grant -> isShortestWay(graph, reference, grant));
                });
    }

    private static boolean isShortestWay(
            GroupGraph graph, ReferenceGraph reference, Explanation.GrantShare grant) {
        var way = grant.through().stream().map(group -> number(group.id())).toList();
        boolean nested =
                IntStream.range(1, way.size())
                        .allMatch(i ->
                                graph.nestings().contains(List.of(way.get(i - 1), way.get(i))));
        String level =
                graph.grants().get(way.getLast()).getOrDefault(grant.object().toString(), "none");
        return graph.direct().contains(way.getFirst())
                && nested
                && way.size() == reference.steps(way.getLast())
                && level.equals(grant.level().text());
    }

    @Test
    void names_what_the_level_falls_without() {
        qt().withExamples(CASES)
                .forAll(GroupGraph.GRAPHS, GroupGraph.OBJECT)
                .check((graph, object) -> {
                    var explained = explain(graph, object);
                    return switch (explained.decidedBy()) {
                        case GRANT ->
                                without(graph, object, explained).compareTo(explained.level()) < 0;
                        case SCOPE -> {
                            var free =
                                    Explanation.of(
                                            standing(graph, _ -> true),
                                            null,
                                            ProtectedObject.parse(object));
                            yield free.level().compareTo(explained.level()) > 0;
                        }
                        case NOTHING -> explained.grants().isEmpty();
                        case SUPERUSER -> graph.superuser();
                        case DISABLED -> false;
                    };
                });
    }

    private static Level without(GroupGraph graph, String object, Explanation explained) {
        Set<UUID> deciding = new HashSet<>();
        explained.grants().stream()
                .filter(Explanation.GrantShare::decides)
                .forEach(grant -> deciding.add(grant.id()));
        return Explanation.of(
                        standing(graph, grant -> !deciding.contains(grant.id())),
                        scopes(graph),
                        ProtectedObject.parse(object))
                .level();
    }

    @Test
    void gives_a_disabled_user_nothing() {
        var standing = new Standing(true, false, List.of(), Map.of(), List.of());

        var explained = Explanation.of(standing, null, ProtectedObject.EVERYTHING);

        assertThat(explained.level()).isEqualTo(Level.NONE);
        assertThat(explained.decidedBy()).isEqualTo(Reason.DISABLED);
    }

    private static Explanation explain(GroupGraph graph, String object) {
        return Explanation.of(
                standing(graph, _ -> true), scopes(graph), ProtectedObject.parse(object));
    }

    private static Standing standing(GroupGraph graph, Predicate<Standing.Held> kept) {
        var memberships = new ArrayList<Standing.Membership>();
        graph.direct().forEach(group -> memberships.add(new Standing.Membership(null, id(group))));
        graph.nestings()
                .forEach(pair ->
                        memberships.add(
                                new Standing.Membership(id(pair.getFirst()), id(pair.getLast()))));
        var groups = new HashMap<UUID, Standing.Group>();
        IntStream.range(0, graph.groups())
                .forEach(i -> groups.put(id(i), new Standing.Group(id(i), "group " + i)));
        var grants = new ArrayList<Standing.Held>();
        graph.grants()
                .forEach((group, levels) ->
                        levels.forEach((object, level) ->
                                grants.add(
                                        new Standing.Held(
                                                new UUID(1, grants.size()),
                                                id(group),
                                                ProtectedObject.parse(object),
                                                Level.parse(level)))));
        return new Standing(
                graph.superuser(),
                true,
                memberships,
                groups,
                grants.stream().filter(kept).toList());
    }

    /// As the service would vouch for the user, had it computed as the reference does.
    private static Caller caller(GroupGraph graph) {
        var reference = ReferenceGraph.of(graph);
        Map<ProtectedObject, Level> held = new HashMap<>();
        graph.grants().entrySet().stream()
                .filter(grants -> reference.isIn(grants.getKey()))
                .forEach(grants ->
                        grants.getValue()
                                .forEach((object, level) ->
                                        held.merge(
                                                ProtectedObject.parse(object),
                                                Level.parse(level),
                                                Level::max)));
        return new Caller(
                new UUID(0, 1),
                "kim",
                "default",
                graph.superuser(),
                List.of(),
                Map.of(),
                new Caller.Credential(CredentialType.API_TOKEN, new UUID(0, 2), null, null),
                new Grants(held),
                scopes(graph));
    }

    private static @Nullable Grants scopes(GroupGraph graph) {
        if (graph.scopes() == null) {
            return null;
        }
        Map<ProtectedObject, Level> scopes = new HashMap<>();
        graph.scopes()
                .forEach((object, level) ->
                        scopes.put(ProtectedObject.parse(object), Level.parse(level)));
        return new Grants(scopes);
    }

    private static UUID id(int group) {
        return new UUID(0, group);
    }

    private static int number(UUID group) {
        return (int) group.getLeastSignificantBits();
    }
}
