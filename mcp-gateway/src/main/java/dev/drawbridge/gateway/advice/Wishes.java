package dev.drawbridge.gateway.advice;

import dev.drawbridge.gateway.plan.Plan;
import dev.drawbridge.gateway.plan.PlanNode;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads the wishes of a plan of EXPLAIN (VERBOSE).
final class Wishes {
    private static final List<String> OWN = List.of("Index Cond", "Recheck Cond", "Filter");
    private static final List<String> JOINING = List.of("Hash Cond", "Merge Cond", "Join Filter");

    /// What may stand between a sort and the scan whose rows it sorts, or its limit.
    private static final Set<String> PASSING = Set.of("Gather", "Gather Merge", "Result");

    private static final Pattern EXTREME = Pattern.compile("(?:PARTIAL )?(?:min|max)\\((.+)\\)");

    private final Map<String, List<PlanNode>> ways = new LinkedHashMap<>();
    private final List<PlanNode> nodes;

    private Wishes(Plan plan) {
        this.nodes = plan.root().all().toList();
        walk(plan.root(), List.of());
    }

    /// The tables that a plan reads, as schema and name.
    static List<List<String>> tables(Plan plan) {
        return plan.root()
                .all()
                .filter(node -> node.has("Relation Name") && node.has("Schema"))
                .map(node -> List.of(node.text("Schema"), node.text("Relation Name")))
                .distinct()
                .toList();
    }

    /// All of those on tables that are known.
    ///
    /// @param tables by schema and name; null for one that is not known
    static List<Wish> of(Plan plan, BiFunction<String, String, @Nullable Table> tables) {
        var all = new Wishes(plan);
        List<Wish> wishes = new ArrayList<>();
        all.ways.forEach((alias, way) -> {
            PlanNode scan = way.getLast();
            Table table = tables.apply(scan.text("Schema"), scan.text("Relation Name"));
            if (table != null && table.advisable()) {
                wishes.add(all.wish(table, alias, way));
            }
        });
        return wishes;
    }

    /// A partitioned table of which a plan reads whole partitions.
    ///
    /// @param tables as for [#of]
    static Optional<String> partitioned(
            Plan plan, BiFunction<String, String, @Nullable Table> tables) {
        return plan.root()
                .all()
                .filter(node -> node.type().equals("Seq Scan") && node.has("Filter"))
                .map(node -> tables.apply(node.text("Schema"), node.text("Relation Name")))
                .map(table -> table == null ? null : table.partitionOf())
                .filter(Objects::nonNull)
                .findFirst();
    }

    /// @param above the nodes that it stands in, the root first
    private void walk(PlanNode node, List<PlanNode> above) {
        List<PlanNode> way = Stream.concat(above.stream(), Stream.of(node)).toList();
        if (node.has("Relation Name") && node.has("Alias")) {
            ways.putIfAbsent(node.text("Alias"), way);
        }
        node.parts().forEach(part -> walk(part, way));
    }

    private Wish wish(Table table, String alias, List<PlanNode> way) {
        PlanNode scan = way.getLast();
        List<Condition> own =
                OWN.stream().flatMap(key -> Conditions.of(scan.text(key)).stream()).toList();
        List<Condition> conditions =
                own.stream()
                        .filter(condition ->
                                condition.side().isOf(alias) && condition.other().isValue())
                        .filter(condition -> table.compares(condition.side()))
                        .toList();
        Sorted sorted = sorted(table, alias, way);
        return new Wish(
                table,
                alias,
                scan,
                conditions,
                joins(table, alias, way, own),
                sorted.keys(),
                sorted.limit(),
                sorted.cost(),
                needed(table, alias, scan));
    }

    private List<Wish.Join> joins(
            Table table, String alias, List<PlanNode> way, List<Condition> own) {
        List<Wish.Join> joins = new ArrayList<>();
        for (int i = way.size() - 2; i >= 0; i--) {
            PlanNode node = way.get(i);
            if (node.inputs().size() == 2) {
                PlanNode below = way.get(i + 1);
                PlanNode outer = node.inputs().get(node.inputs().getFirst().equals(below) ? 1 : 0);
                Stream.concat(
                                JOINING.stream()
                                        .flatMap(key -> Conditions.of(node.text(key)).stream()),
                                own.stream())
                        .filter(Condition::isJoin)
                        .map(join -> join.side().isOf(alias) ? join : join.turned())
                        .filter(join -> join.side().isOf(alias) && !join.other().isOf(alias))
                        .filter(join -> table.compares(join.side()))
                        .filter(join -> holds(outer, join.other().alias()))
                        .map(join -> new Wish.Join(join, outer.rows(), outer.cost(), node.cost()))
                        .forEach(joins::add);
            }
        }
        return joins;
    }

    private static boolean holds(PlanNode node, String alias) {
        return node.all().anyMatch(part -> part.text("Alias").equals(alias));
    }

    /// In which order rows are wished.
    ///
    /// @param limit how many of the first are enough; 0 for all
    /// @param cost of having that order
    private record Sorted(List<String> keys, double limit, double cost) {}

    /// By the sort, or the search for the first or last value, right above a scan.
    private static Sorted sorted(Table table, String alias, List<PlanNode> way) {
        for (int i = way.size() - 2; i >= 0; i--) {
            PlanNode node = way.get(i);
            boolean isSort = node.type().endsWith("Sort");
            List<String> keys = isSort ? order(node, alias) : extreme(node, table, alias);
            if (!keys.isEmpty()) {
                double cost = node.cost() - node.inputs().getFirst().cost();
                return new Sorted(keys, isSort ? limit(way, node) : 1, cost);
            }
            if (!PASSING.contains(node.type())) {
                break;
            }
        }
        return new Sorted(List.of(), 0, 0);
    }

    /// The column whose first or last value is all that is asked for.
    private static List<String> extreme(PlanNode node, Table table, String alias) {
        if (!node.type().equals("Aggregate")
                || !node.texts("Group Key").isEmpty()
                || node.texts("Output").size() != 1) {
            return List.of();
        }
        Matcher value = EXTREME.matcher(node.texts("Output").getFirst());
        String column = value.matches() ? Operand.unqualified(value.group(1), alias) : "";
        return table.columns().containsKey(Candidate.unquoted(column))
                ? List.of(column)
                : List.of();
    }

    /// Keys of an index that would have its rows in that order.
    private static List<String> order(PlanNode sort, String alias) {
        List<String> keys = new ArrayList<>();
        for (String key : sort.texts("Sort Key")) {
            String direction =
                    key.replaceFirst(
                                    "^.*?( COLLATE \\S+)?( DESC)?( NULLS (?:FIRST|LAST))?$",
                                    "$1$2$3")
                            .strip();
            String expression = key.substring(0, key.length() - direction.length()).strip();
            List<String> columns = Operand.columns(expression, alias);
            if (columns.size() != 1
                    || !Operand.unqualified(expression, alias).equals(columns.getFirst())) {
                return List.of();
            }
            keys.add((columns.getFirst() + " " + direction).strip());
        }
        return keys;
    }

    private static double limit(List<PlanNode> way, PlanNode sort) {
        for (int i = way.indexOf(sort) - 1; i >= 0; i--) {
            PlanNode node = way.get(i);
            if (node.type().equals("Limit")) {
                return node.rows();
            }
            if (!PASSING.contains(node.type())) {
                return 0;
            }
        }
        return 0;
    }

    /// Columns that are named above the scan, or asked for by its conditions. What a scan hands out
    /// may be more, for passing on a row as it is costs nothing. Of a plan of one table, PostgreSQL
    /// writes what a node hands out without the alias.
    private Set<String> needed(Table table, String alias, PlanNode scan) {
        Set<String> named = new LinkedHashSet<>();
        boolean isAlone = ways.size() == 1;
        for (PlanNode node : nodes) {
            boolean isScan = node.equals(scan);
            boolean isShown = !isScan || nodes.getFirst().equals(scan);
            for (String fact : node.facts().fieldNames()) {
                boolean isOutput = fact.equals("Output");
                if (isOutput ? isShown : !isScan || OWN.contains(fact)) {
                    String text = node.text(fact) + String.join(", ", node.texts(fact));
                    named.addAll(Operand.columns(text, alias));
                    if (isAlone && isOutput) {
                        named.addAll(Operand.words(text, table.columns().keySet()));
                    }
                }
            }
        }
        return named;
    }
}
