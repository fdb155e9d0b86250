package dev.drawbridge.gateway.tool.operate;

import io.vertx.core.json.JsonObject;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// How good or bad are the indexes that a report tells of.
final class IndexJudgement {
    /// Before, an index that nobody scanned may be for what comes once a month.
    private static final int DAYS = 30;

    private final Report report;
    private final List<Finding> found = new ArrayList<>();

    private IndexJudgement(Report report) {
        this.report = report;
    }

    static List<Finding> of(Report report) {
        var judgement = new IndexJudgement(report);
        judgement.found.add(Finding.of(Grade.OK, judgement.evidence(), null));
        judgement.tooMany();
        judgement.tooFew();
        return judgement.found;
    }

    private String evidence() {
        return report.number("invalidFound")
                + " invalid, "
                + report.number("coveredFound")
                + " covered by another, "
                + report.number("unusedFound")
                + " unused in "
                + report.number("daysCounted")
                + " days, "
                + report.number("unindexedFound")
                + " foreign keys without one";
    }

    private void tooMany() {
        HealthJudgement.each(
                found,
                report.list("invalid"),
                Grade.WARNING,
                "index",
                _ -> "invalid: written on every change, never read",
                one -> one.getString("drop") + ", then create it anew");
        notice(
                "covered",
                "index",
                one -> one.getString("kind") + ": " + one.getString("coveredBy") + " does the same",
                one -> one.getString("drop"));
        if (report.number("daysCounted") >= DAYS) {
            notice(
                    "unused",
                    "index",
                    _ -> "not scanned in " + report.number("daysCounted") + " days",
                    one -> one.getString("drop") + ", if no standby uses it");
        }
    }

    private void tooFew() {
        notice(
                "unindexed",
                "foreignKey",
                one -> "a foreign key of " + one.getString("table") + " without an index",
                one -> one.getString("create"));
        notice(
                "scanned",
                "table",
                one ->
                        one.getLong("seqScans")
                                + " sequential scans of "
                                + one.getLong("rowsPerSeqScan")
                                + " rows each",
                _ -> "Look for its statements in top_queries; recommend_indexes.");
    }

    private void notice(
            String list,
            String object,
            Function<JsonObject, String> evidence,
            Function<JsonObject, String> advice) {
        HealthJudgement.each(found, report.list(list), Grade.NOTICE, object, evidence, advice);
    }
}
