package dev.drawbridge.gateway.tool.database;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.quicktheories.core.Gen;
import org.quicktheories.core.RandomnessSource;
import org.quicktheories.impl.Constraint;

import java.util.List;

/// Filters on the columns of `mail.made`, up to four levels deep.
final class RandomFilters {
    private static final List<String> TEXTS =
            List.of(
                    "",
                    "a",
                    "A",
                    "Ab",
                    "b%",
                    "_b",
                    "%",
                    "%b%",
                    "' or true --",
                    "\"; drop table mail.made; --",
                    "$1",
                    "zz");

    private static final List<String> COMPARISONS = List.of("eq", "neq", "gt", "gte", "lt", "lte");

    private RandomFilters() {}

    static Gen<JsonObject> trees() {
        Gen<JsonObject> trees = random -> tree(random, 4);
        return trees.describedAs(JsonObject::encode);
    }

    private static JsonObject tree(RandomnessSource random, int depth) {
        int kind = depth == 1 ? 3 : next(random, 6);
        return switch (kind) {
            case 0 -> new JsonObject().put("and", trees(random, depth - 1));
            case 1 -> new JsonObject().put("or", trees(random, depth - 1));
            case 2 -> new JsonObject().put("not", tree(random, depth - 1));
            default -> leaf(random);
        };
    }

    private static JsonArray trees(RandomnessSource random, int depth) {
        var trees = new JsonArray();
        int count = 1 + next(random, 3);
        for (int i = 0; i < count; i++) {
            trees.add(tree(random, depth));
        }
        return trees;
    }

    private static JsonObject leaf(RandomnessSource random) {
        return switch (next(random, 8)) {
            case 0 -> filter("n", COMPARISONS.get(next(random, 6)), next(random, 4) - 1);
            case 1 -> filter("t", COMPARISONS.get(next(random, 6)), text(random));
            case 2 -> filter("t", next(random, 2) == 0 ? "like" : "ilike", text(random));
            case 3 -> filter("n", "in", new JsonArray().add(next(random, 4)).add(next(random, 4)));
            case 4 -> filter("t", "in", new JsonArray().add(text(random)).add(text(random)));
            case 5 ->
                    filter("b", "is", new Object[] {null, true, false, "unknown"}[next(random, 4)]);
            case 6 ->
                    filter(
                            "tags",
                            next(random, 2) == 0 ? "contains" : "overlaps",
                            next(random, 4) == 0
                                    ? new JsonArray()
                                    : new JsonArray().add(text(random)));
            default -> filter("t", "is", null);
        };
    }

    private static String text(RandomnessSource random) {
        return TEXTS.get(next(random, TEXTS.size()));
    }

    private static JsonObject filter(String column, String op, Object value) {
        return new JsonObject().put("column", column).put("op", op).put("value", value);
    }

    private static int next(RandomnessSource random, int below) {
        return (int) random.next(Constraint.between(0, below - 1));
    }
}
