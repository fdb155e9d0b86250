package dev.drawbridge.gateway.tool.operate;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.ToolAnswer;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// What came of several checks, the worst first.
///
/// @param most findings that are told of each check
record Findings(List<Check.Looked> looked, int most) {

    /// Makes the checks one after another: they are to put no load on a server that has trouble.
    static Future<Findings> of(Databases.Database database, List<Check> checks, int most) {
        List<Check.Looked> looked = new ArrayList<>();
        Future<Void> done = Future.succeededFuture();
        for (Check check : checks) {
            done =
                    done.compose(_ -> check.run(database))
                            .map(found -> {
                                looked.add(found);
                                return null;
                            });
        }
        return done.map(_ -> new Findings(looked, most));
    }

    /// The schema of their answer.
    static JsonObject schema() {
        return Schemas.of()
                .required("summary", Schemas.typed("string"))
                .required("grade", Schemas.typed("string"))
                .required("findings", Schemas.typed("array"))
                .required("checks", Schemas.typed("array"))
                .open();
    }

    /// @param leftOut what the caller may not know, in a line; null for nothing
    Outcome<ToolAnswer> answer(@Nullable String leftOut) {
        var told =
                new JsonObject()
                        .put("grade", grade().text())
                        .put("findings", findings())
                        .put("checks", checks())
                        .put("leftOut", leftOut);
        return new Report(told).answer(summary());
    }

    Grade grade() {
        return looked.stream()
                .map(Check.Looked::grade)
                .max(Comparator.naturalOrder())
                .orElse(Grade.OK);
    }

    private String summary() {
        return looked.stream()
                .collect(Collectors.groupingBy(Check.Looked::grade))
                .entrySet()
                .stream()
                .sorted((one, other) -> other.getKey().compareTo(one.getKey()))
                .map(of ->
                        of.getKey().text()
                                + ": "
                                + of.getValue().stream()
                                        .map(Check.Looked::check)
                                        .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; ", "", "."));
    }

    private record Named(String check, Finding finding) {}

    private JsonArray findings() {
        var told = new JsonArray();
        looked.stream()
                .flatMap(one ->
                        bad(one).stream().limit(most).map(found -> new Named(one.check(), found)))
                .sorted(Comparator.comparing((Named one) -> one.finding().grade()).reversed())
                .forEach(one -> told.add(one.finding().json(one.check())));
        return told;
    }

    private static List<Finding> bad(Check.Looked looked) {
        return looked.findings().stream()
                .filter(finding -> finding.grade() != Grade.OK)
                .sorted(Comparator.comparing(Finding::grade).reversed())
                .toList();
    }

    private JsonArray checks() {
        var told = new JsonArray();
        for (Check.Looked one : looked) {
            int more = bad(one).size() - most;
            told.add(
                    new JsonObject()
                            .put("check", one.check())
                            .put("grade", one.grade().text())
                            .put("evidence", evidence(one))
                            .put("moreFindings", more > 0 ? more : null));
        }
        return told;
    }

    private static @Nullable String evidence(Check.Looked looked) {
        return looked.findings().stream()
                .filter(finding -> finding.object() == null)
                .map(Finding::evidence)
                .findFirst()
                .orElse(null);
    }
}
