package dev.drawbridge.gateway.tool.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Whether both searches answer the questions of `questions.txt` about the demo's products with the
/// same rows. With `-Drecall.file=<file>` it writes down what came of each.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class RecallTest extends MeaningCase {
    private static final int TOP = 10;

    /// @param common of the ten that the exact search found
    private record Outcome(String question, int common, boolean sameOrder) {}

    @Test
    void finds_by_the_index_what_the_comparison_of_all_finds() throws IOException {
        requirePgvector();

        List<Outcome> outcomes = new ArrayList<>();
        for (String question : questions()) {
            outcomes.add(outcome(question));
        }

        assertThat(outcomes).hasSize(50);
        assertThat(recall(outcomes)).as(outcomes.toString()).isGreaterThanOrEqualTo(0.95);
        write(outcomes);
    }

    private Outcome outcome(String question) {
        JsonObject exact = found(products(question).put("column", "embedding"));
        JsonObject index = found(products(question).put("search", "index"));
        assertThat(exact.getString("search")).isEqualTo("exact");
        assertThat(index.getString("search")).isEqualTo("index");

        List<Object> expected = column(exact, "id");
        List<Object> found = column(index, "id");
        long common = found.stream().filter(expected::contains).count();
        return new Outcome(question, (int) common, expected.equals(found));
    }

    private static double recall(List<Outcome> outcomes) {
        return outcomes.stream().mapToInt(Outcome::common).average().orElse(0) / TOP;
    }

    private static List<String> questions() throws IOException {
        try (var file = RecallTest.class.getResourceAsStream("questions.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static void write(List<Outcome> outcomes) throws IOException {
        String file = System.getProperty("recall.file", "");
        if (file.isEmpty()) {
            return;
        }
        var table = new StringBuilder("| question | of 10 | same order |\n| --- | ---: | --- |\n");
        for (Outcome outcome : outcomes) {
            table.append(
                    "| %s | %d | %s |\n"
                            .formatted(
                                    outcome.question(),
                                    outcome.common(),
                                    outcome.sameOrder() ? "yes" : "no"));
        }
        table.append("\nRecall@10: %.4f\n".formatted(recall(outcomes)));
        Files.writeString(Path.of(file), table);
    }
}
