package dev.drawbridge.gateway.tool.operate;

import dev.drawbridge.gateway.tool.Databases;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;

import org.jspecify.annotations.Nullable;

/// What is known of the indexes of a database, from three questions.
final class IndexReport {
    private static final String USAGE = OperateSql.read("index-usage");
    private static final String INVALID = OperateSql.read("index-invalid");
    private static final String UNINDEXED = OperateSql.read("foreign-key-unindexed");

    private IndexReport() {}

    /// @param schema null for all
    /// @param scans that an unused index has had at most
    /// @param limit of each kind
    static Future<Report> of(
            Databases.Database database, @Nullable String schema, int scans, int limit) {
        return Report.ask(database, USAGE, database.isAdministered(), schema, scans, limit)
                .compose(report ->
                        Report.ask(database, INVALID, schema, limit)
                                .map(found -> with(report, "invalid", found)))
                .compose(report ->
                        Report.ask(database, UNINDEXED, schema, limit)
                                .map(found -> with(report, "unindexed", found)));
    }

    private static Report with(Report report, String name, Report found) {
        report.told()
                .put(name + "Found", found.number("found"))
                .put(name, found.told().getJsonArray("list", new JsonArray()));
        return report;
    }
}
