package dev.drawbridge.gateway.advice;

import dev.drawbridge.gateway.advice.Condition.Kind;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Makes candidates of a wish: what is equal first, then a range or the order; for some rows only;
/// with all columns that are read.
final class Candidates {
    private static final int WIDEST = 3;
    private static final int MOST_INCLUDED = 3;

    /// In bytes.
    private static final double LONG = 200;

    private static final double LONG_INCLUDED = 32;

    /// Values of a column that may be a state, of which one can be worth an index of its own.
    private static final double STATES = 20;

    private static final Set<String> UNORDERED =
            Set.of(
                    "json",
                    "jsonb",
                    "xml",
                    "tsvector",
                    "point",
                    "box",
                    "polygon",
                    "circle",
                    "path",
                    "line",
                    "lseg");

    /// Casts that mean the same for every session.
    private static final Set<String> SAFE =
            Set.of("int2", "int4", "int8", "numeric", "float8", "bool", "uuid", "regconfig");

    /// What is the same text for every session.
    private static final Set<String> PLAIN =
            Set.of(
                    "text",
                    "character varying",
                    "character",
                    "smallint",
                    "integer",
                    "bigint",
                    "numeric",
                    "boolean",
                    "uuid",
                    "jsonb");

    private final Wish wish;
    private final Set<String> immutable;
    private final Set<Candidate> made = new LinkedHashSet<>();

    private Candidates(Wish wish, Set<String> immutable) {
        this.wish = wish;
        this.immutable = immutable;
    }

    /// Those that no index serves yet, the simple ones first.
    ///
    /// @param immutable names of functions
    static List<Candidate> of(Wish wish, Set<String> immutable) {
        var all = new Candidates(wish, immutable);
        for (List<String> keys : all.keys(_ -> true)) {
            all.add("btree", keys, "");
        }
        all.partial();
        all.contents();
        return all.made.stream().filter(candidate -> !candidate.isServed()).toList();
    }

    /// Functions in what an index could be on.
    static Stream<String> functions(Wish wish) {
        return wish.conditions().stream()
                .flatMap(condition -> condition.side().functions().stream());
    }

    /// Lists of keys.
    ///
    /// @param wanted which conditions count
    private Set<List<String>> keys(Predicate<Condition> wanted) {
        List<String> equal =
                distinct(
                        wish.of(Kind.EQUAL)
                                .filter(wanted)
                                .sorted(
                                        Comparator.comparingDouble(it ->
                                                -wish.table()
                                                        .column(it.side().name())
                                                        .distinct())));
        List<String> ranges =
                Stream.concat(
                                distinct(wish.of(Kind.RANGE).filter(wanted)).stream(),
                                distinct(wish.of(Kind.PREFIX).filter(wanted)).stream()
                                        .map(key -> key + " text_pattern_ops"))
                        .toList();
        Set<List<String>> lists = new LinkedHashSet<>();
        equal.forEach(key -> lists.add(List.of(key)));
        lists.add(first(equal, WIDEST));
        for (String range : ranges) {
            lists.add(List.of(range));
            lists.add(join(first(equal, WIDEST - 1), List.of(range)));
        }
        if (!wish.order().isEmpty()
                && wish.order().size() <= WIDEST
                && (wish.limit() > 0 || !equal.isEmpty())) {
            lists.add(join(first(equal, WIDEST - wish.order().size()), wish.order()));
            if (wish.limit() > 0 && wish.of(Kind.EQUAL).anyMatch(Condition::isOfSeveral)) {
                lists.add(wish.order());
            }
        }
        for (Wish.Join join : wish.joins()) {
            if (isOrdered(join.condition().side())) {
                String key = join.condition().side().key();
                lists.add(List.of(key));
                lists.add(join(List.of(key), first(equal, WIDEST - 1)));
                lists.add(join(first(equal, WIDEST - 1), List.of(key)));
            }
        }
        lists.removeIf(List::isEmpty);
        return lists;
    }

    private List<String> distinct(Stream<Condition> conditions) {
        return conditions
                .map(Condition::side)
                .filter(this::isOrdered)
                .map(Operand::key)
                .distinct()
                .toList();
    }

    private boolean isOrdered(Operand side) {
        if (!side.isColumn()) {
            return side.alias().equals(wish.alias()) && isImmutable(side);
        }
        Table.Column column = wish.table().column(side.name());
        return column.width() <= LONG
                && !column.type().endsWith("[]")
                && !UNORDERED.contains(column.type());
    }

    private boolean isImmutable(Operand side) {
        List<String> types =
                Operand.words(side.key(), wish.table().columns().keySet()).stream()
                        .map(name -> wish.table().column(Candidate.unquoted(name)).type())
                        .toList();
        return side.casts().stream().allMatch(cast -> isImmutable(cast, types))
                && side.functions().stream()
                        .allMatch(name ->
                                immutable.contains(name)
                                        || (name.equals("to_tsvector")
                                                && side.casts().contains("regconfig")));
    }

    /// @param types of what may be cast
    private static boolean isImmutable(String cast, List<String> types) {
        return switch (cast) {
            case "text", "varchar", "bpchar" -> PLAIN.containsAll(types);
            case "date" -> Set.of("timestamp without time zone").containsAll(types);
            default -> SAFE.contains(cast);
        };
    }

    /// For the rows alone for which a known condition holds.
    private void partial() {
        for (Condition constant : wish.conditions()) {
            Operand side = constant.side();
            boolean isState =
                    constant.kind() != Kind.EQUAL
                            || wish.table().column(side.name()).distinct() <= STATES;
            if (constant.isConstant() && side.isColumn() && isState) {
                Set<List<String>> rest =
                        keys(condition -> !condition.side().key().equals(side.key()));
                if (rest.isEmpty() && isOrdered(side)) {
                    rest = Set.of(List.of(side.key()));
                }
                rest.forEach(keys -> add("btree", keys, constant.unqualified()));
            }
        }
    }

    private void contents() {
        wish.of(Kind.CONTAINS)
                .map(condition -> gin(condition.side(), condition.operator()))
                .filter(key -> !key.isEmpty())
                .forEach(key ->
                        made.add(new Candidate(wish.table(), "gin", List.of(key), List.of(), "")));
    }

    private String gin(Operand side, String operator) {
        if (!side.isColumn()) {
            return operator.equals("@@") && isImmutable(side) ? side.key() : "";
        }
        String type = wish.table().column(side.name()).type();
        if (type.equals("jsonb")) {
            return operator.equals("@>") ? side.key() + " jsonb_path_ops" : side.key();
        }
        return type.endsWith("[]") || type.equals("tsvector") ? side.key() : "";
    }

    private void add(String method, List<String> keys, String where) {
        var plain = new Candidate(wish.table(), method, keys, List.of(), where);
        made.add(plain);
        List<String> included =
                wish.needed().stream()
                        .filter(column -> !plain.held().contains(Candidate.unquoted(column)))
                        // What the index's own condition says of a column is known of its rows.
                        .filter(column -> !Operand.words(where, Set.of(column)).contains(column))
                        .toList();
        boolean areShort =
                included.stream()
                        .map(column -> wish.table().column(Candidate.unquoted(column)))
                        .allMatch(column -> column.width() <= LONG_INCLUDED);
        // How many rows an expression finds is guessed before the index is there.
        boolean isGuess = keys.stream().anyMatch(key -> key.startsWith("("));
        if (!included.isEmpty() && included.size() <= MOST_INCLUDED && areShort && !isGuess) {
            made.add(new Candidate(wish.table(), method, keys, included, where));
        }
    }

    private static List<String> first(List<String> keys, int most) {
        return keys.subList(0, Math.max(0, Math.min(most, keys.size())));
    }

    /// One after the other; what is in the first list is not said again.
    private static List<String> join(List<String> one, List<String> other) {
        return Stream.concat(
                        one.stream()
                                .filter(key ->
                                        !other.stream()
                                                .map(Candidate::bare)
                                                .toList()
                                                .contains(key)),
                        other.stream())
                .distinct()
                .toList();
    }
}
