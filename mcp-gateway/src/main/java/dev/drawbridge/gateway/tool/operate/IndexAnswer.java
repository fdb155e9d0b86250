package dev.drawbridge.gateway.tool.operate;

import dev.drawbridge.gateway.advice.Candidate;
import dev.drawbridge.gateway.advice.IndexSearch;
import dev.drawbridge.gateway.advice.Recommendation;
import dev.drawbridge.gateway.advice.Table;
import dev.drawbridge.gateway.plan.Explain;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.UntrustedText;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Recommended indexes, as an answer. Numbers of tables whose policies hold for the login are for
/// those alone who look after the database.
final class IndexAnswer {
    private static final double STRONG = 0.5;
    private static final double DECISIVE = 0.9;
    private static final int MOST_SKIPPED = 10;
    private static final double MEGABYTE = 1_048_576;

    private IndexAnswer() {}

    /// @param skipped why statements were not looked at, by their names
    /// @param reason why there was nothing to look at; empty when there was
    static ToolAnswer of(
            List<Recommendation> found,
            Map<String, String> skipped,
            String reason,
            Explain explain,
            boolean isAdministered) {
        boolean isJudged = explain.hypopg() != null;
        var recommendations = new JsonArray();
        var text = new StringBuilder();
        for (Recommendation one : found) {
            boolean mayTell = isAdministered || !one.index().table().hidden();
            JsonObject told = told(one, mayTell);
            recommendations.add(told);
            append(text, told);
        }
        if (found.isEmpty() && reason.isEmpty() && !skipped.containsKey(IndexSearch.REST)) {
            text.append("No missing index is worth making.\n");
        }
        var left = new JsonArray();
        left(text, left, skipped);
        boolean isHidden =
                !isAdministered && found.stream().anyMatch(it -> it.index().table().hidden());
        var json =
                new JsonObject()
                        .put("available", reason.isEmpty())
                        .put("judgedBy", isJudged ? "hypopg" : "statistics")
                        .put("recommendations", recommendations)
                        .put("skipped", left);
        if (!reason.isEmpty()) {
            json.put("reason", reason);
        }
        String note = reason + note(explain, isHidden);
        return new ToolAnswer(
                UntrustedText.enclose(text.toString(), note.strip()), json.encode(), 0);
    }

    private static void left(StringBuilder text, JsonArray left, Map<String, String> skipped) {
        skipped.entrySet().stream()
                .limit(MOST_SKIPPED)
                .forEach(it -> {
                    left.add(
                            new JsonObject()
                                    .put("query", it.getKey())
                                    .put("reason", it.getValue()));
                    text.append("Not looked at: ").append(it.getKey()).append(": ");
                    text.append(it.getValue()).append('\n');
                });
        if (skipped.size() > MOST_SKIPPED) {
            text.append(skipped.size()).append(" statements in all could not be looked at.\n");
        }
    }

    private static String note(Explain explain, boolean isHidden) {
        return (explain.hypopg() != null
                        ? ""
                        : " Estimated without HypoPG, less surely. " + explain.howToGetHypopg())
                + (isHidden
                        ? " Sizes and writes of tables with row-level security are told to who has"
                                + " admin on the database."
                        : "");
    }

    private static JsonObject told(Recommendation one, boolean mayTell) {
        Candidate index = one.index();
        Table table = index.table();
        double improvement = one.improvement();
        var evidence = new JsonArray();
        one.queries()
                .forEach(served ->
                        evidence.add(
                                new JsonObject()
                                        .put("query", served.query())
                                        .put("calls", served.calls())
                                        .put("costBefore", rounded(served.before()))
                                        .put("costAfter", rounded(served.after()))));
        var told =
                new JsonObject()
                        .put("id", "missing_index:" + index.name())
                        .put(
                                "severity",
                                improvement >= DECISIVE
                                        ? "high"
                                        : improvement >= STRONG ? "medium" : "low")
                        .put("object", table.sql())
                        .put("sql", index.concurrently())
                        .put("rollback", index.rollback())
                        .put("improvementPercent", Math.round(100 * improvement))
                        .put("evidence", evidence)
                        .put("indexesOnTable", table.indexes().size())
                        .put("judgedBy", one.isPlanners() ? "hypopg" : "statistics")
                        .put("confidence", confidence(improvement, one.isPlanners()));
        if (mayTell) {
            told.put("sizeBytes", one.bytes());
            Double seconds = table.seconds();
            if (seconds != null && seconds > 0) {
                told.put("writesPerSecond", rounded(table.writes() / seconds));
            } else {
                told.put("writesCounted", table.writes());
            }
        }
        return told;
    }

    private static String confidence(double improvement, boolean isPlanners) {
        if (!isPlanners) {
            return "low";
        }
        return improvement >= STRONG ? "high" : "medium";
    }

    private static void append(StringBuilder text, JsonObject told) {
        text.append(told.getString("sql"))
                .append("\n  ")
                .append(told.getLong("improvementPercent"))
                .append(" % less cost of ")
                .append(told.getJsonArray("evidence").size())
                .append(" statements:");
        told.getJsonArray("evidence")
                .forEach(it -> {
                    var served = (JsonObject) it;
                    text.append(' ')
                            .append(served.getString("query"))
                            .append(' ')
                            .append(served.getDouble("costBefore"))
                            .append(" → ")
                            .append(served.getDouble("costAfter"))
                            .append(';');
                });
        text.append("\n  confidence ").append(told.getString("confidence"));
        if (told.containsKey("sizeBytes")) {
            double megabytes = told.getLong("sizeBytes") / MEGABYTE;
            text.append(", about ").append(String.format(Locale.ROOT, "%.1f MB", megabytes));
        }
        if (told.containsKey("writesPerSecond")) {
            text.append(", each of ")
                    .append(told.getDouble("writesPerSecond"))
                    .append(" writes/s keeps it too");
        }
        text.append(", beside ")
                .append(told.getInteger("indexesOnTable"))
                .append(" indexes. Back: ")
                .append(told.getString("rollback"))
                .append('\n');
    }

    private static double rounded(double number) {
        return Math.round(100 * number) / 100.0;
    }
}
