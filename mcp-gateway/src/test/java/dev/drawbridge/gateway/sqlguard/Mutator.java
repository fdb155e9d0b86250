package dev.drawbridge.gateway.sqlguard;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Changes statements at random, in pieces as PostgreSQL's scanner may see them.
final class Mutator {
    /// What ends, hides or changes the meaning of what stands around it.
    static final List<String> DANGERS =
            List.of(
                    ";",
                    "'",
                    "\"",
                    "$$",
                    "$a$",
                    "E'\\''",
                    "U&'\\0027'",
                    "/*",
                    "*/",
                    "--",
                    "\n",
                    " for update",
                    " into t",
                    "\\",
                    "\u3000");

    private static final Pattern PIECE =
            Pattern.compile(
                    "\\w+|\\s+|'[^']*'|\"[^\"]*\"|\\$\\w*\\$|--|/\\*|\\*/|.", Pattern.DOTALL);

    private final Random random;
    private final Supplier<String> seeds;
    private final List<String> inserts;

    /// @param seeds statements to change, and to take into others
    /// @param inserts pieces to put in
    Mutator(Random random, Supplier<String> seeds, List<String> inserts) {
        this.random = random;
        this.seeds = seeds;
        this.inserts = inserts;
    }

    /// A seed with one to three changes.
    String next() {
        List<String> pieces =
                new ArrayList<>(
                        PIECE.matcher(seeds.get()).results().map(it -> it.group()).toList());
        for (int changes = 1 + random.nextInt(3); changes > 0 && !pieces.isEmpty(); changes--) {
            int at = random.nextInt(pieces.size());
            switch (random.nextInt(5)) {
                case 0 -> pieces.remove(at);
                case 1 -> pieces.set(at, any(random, pieces));
                case 2 -> pieces.addAll(at, List.of(seeds.get(), " "));
                default -> pieces.add(at, any(random, inserts));
            }
        }
        return String.join("", pieces);
    }

    static <T> T any(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
