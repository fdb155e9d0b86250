package dev.drawbridge.gateway.tool.operate;

import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Something that was looked at.
///
/// @param object what of; null for the whole check
/// @param evidence in numbers
/// @param advice what to do; null where nothing is
record Finding(Grade grade, @Nullable String object, String evidence, @Nullable String advice) {

    /// One about the whole of a check.
    static Finding of(Grade grade, String evidence, @Nullable String advice) {
        return new Finding(grade, null, evidence, advice);
    }

    /// From a row of a question whose answers are findings.
    static Finding of(List<@Nullable Object> row) {
        return new Finding(
                Grade.of(String.valueOf(row.get(0))),
                (String) row.get(1),
                String.valueOf(row.get(2)),
                (String) row.get(3));
    }

    JsonObject json(String check) {
        return new JsonObject()
                .put("grade", grade.text())
                .put("check", check)
                .put("object", object)
                .put("evidence", evidence)
                .put("advice", advice);
    }
}
