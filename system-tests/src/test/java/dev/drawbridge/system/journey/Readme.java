package dev.drawbridge.system.journey;

import dev.drawbridge.system.suite.Checkout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What the README asks, and the answers that it shows.
final class Readme {
    private static final Pattern QUESTION = Pattern.compile("(?m)^\\$ QUESTION=\"([^\"]+)\"$");
    private static final Pattern ANSWER =
            Pattern.compile("(?m)^\\$ node docs/ask\\.mjs ([a-z-]+) .*\\n((?:[^$`].*\\n)+)");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| ([a-z-]+) \\| (\\d+) \\| (\\d+) \\| (\\d+) \\|$");

    private final String text;

    Readme() {
        try {
            this.text = Files.readString(Checkout.root().resolve("README.md"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String question() {
        return QUESTION.matcher(text)
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the README asks no QUESTION"));
    }

    /// The lines that each caller is shown to get.
    Map<String, List<String>> answers() {
        var answers = new TreeMap<String, List<String>>();
        for (MatchResult match : ANSWER.matcher(text).results().toList()) {
            answers.put(match.group(1), match.group(2).lines().toList());
        }
        return answers;
    }

    /// For each caller of the table: rows of the question, orders, stores.
    Map<String, List<String>> counts() {
        var counts = new TreeMap<String, List<String>>();
        for (MatchResult match : ROW.matcher(text).results().toList()) {
            counts.put(match.group(1), List.of(match.group(2), match.group(3), match.group(4)));
        }
        return counts;
    }
}
