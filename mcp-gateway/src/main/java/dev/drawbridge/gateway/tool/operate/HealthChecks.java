package dev.drawbridge.gateway.tool.operate;

import dev.drawbridge.gateway.tool.Databases;

import io.vertx.core.Future;

import java.util.List;
import java.util.stream.Stream;

/// What health consists of. Where there is a tool for something, what it tells is judged; the rest
/// are questions of their own. Limits are those of PgHero and of Postgres MCP Pro where these have
/// any: 95 % of blocks from buffers, 90 % of a sequence, 30 % and 100 MB of bloat.
final class HealthChecks {
    private static final int FEW = 10;
    private static final int SPLIT_STATISTICS = 170_000;
    private static final String VERSION = "select current_setting('server_version_num')::int";

    private static final String LONG = OperateSql.read("long-transactions");
    private static final String BLOAT = OperateSql.read("bloat");
    private static final String VACUUM = OperateSql.read("vacuum-health");
    private static final String WRAPAROUND = OperateSql.read("wraparound");
    private static final String REPLICATION = OperateSql.read("replication-status");
    private static final String ARRAY_INDEX = OperateSql.read("health/array-index");
    private static final String SEQUENCE = OperateSql.read("health/sequence");
    private static final String CHECKPOINT = OperateSql.read("health/checkpoint");
    private static final String CHECKPOINT_BEFORE = OperateSql.read("health/checkpoint-before-17");

    static final List<Check> ALL =
            List.of(
                    Check.asked("connection", OperateSql.read("health/connection")),
                    new Check("lock", HealthChecks::locks),
                    new Check("transaction", HealthChecks::transactions),
                    new Check("index", HealthChecks::indexes),
                    new Check("bloat", HealthChecks::bloat),
                    new Check("vacuum", HealthChecks::vacuum),
                    new Check("wraparound", HealthChecks::wraparound),
                    new Check("sequence", HealthChecks::sequences),
                    new Check("replication", HealthChecks::replication),
                    Check.asked("buffer", OperateSql.read("health/buffer")),
                    new Check("checkpoint", HealthChecks::checkpoints),
                    Check.asked("constraint", OperateSql.read("health/constraint"), (Object) null),
                    Check.asked("counter", OperateSql.read("health/counter")),
                    Check.asked("setting", OperateSql.read("health/setting")));

    private HealthChecks() {}

    /// With one more in front.
    static String[] names(String first) {
        return Stream.concat(Stream.of(first), ALL.stream().map(Check::name))
                .toArray(String[]::new);
    }

    private static Future<List<Finding>> locks(Databases.Database database) {
        return Report.ask(database, LocksAndBlockers.SQL, false)
                .map(report -> HealthJudgement.locks(BlockTree.of(report.list("sessions"))));
    }

    private static Future<List<Finding>> transactions(Databases.Database database) {
        return Report.ask(database, LONG, false, 600, FEW).map(HealthJudgement::transactions);
    }

    private static Future<List<Finding>> indexes(Databases.Database database) {
        return IndexReport.of(database, null, 0, FEW)
                .map(IndexJudgement::of)
                .compose(findings ->
                        database.values(ARRAY_INDEX, (Object) null)
                                .map(rows ->
                                        Stream.concat(
                                                        findings.stream(),
                                                        rows.stream().map(Finding::of))
                                                .toList()));
    }

    private static Future<List<Finding>> bloat(Databases.Database database) {
        return Report.ask(database, BLOAT, null, 30, 100, FEW).map(HealthJudgement::bloat);
    }

    private static Future<List<Finding>> vacuum(Databases.Database database) {
        return Report.ask(database, VACUUM, database.isAdministered(), FEW)
                .map(HealthJudgement::vacuum);
    }

    private static Future<List<Finding>> wraparound(Databases.Database database) {
        return Report.ask(database, WRAPAROUND, 1).map(HealthJudgement::wraparound);
    }

    private static Future<List<Finding>> sequences(Databases.Database database) {
        return Check.asked("sequence", SEQUENCE, database.isAdministered()).look().apply(database);
    }

    private static Future<List<Finding>> replication(Databases.Database database) {
        return Report.ask(database, REPLICATION).map(HealthJudgement::replication);
    }

    /// The view of the counters is another one from PostgreSQL 17 on.
    private static Future<List<Finding>> checkpoints(Databases.Database database) {
        return database.values(VERSION)
                .compose(rows ->
                        database.values(
                                rows.getFirst().getFirst() instanceof Long version
                                                && version < SPLIT_STATISTICS
                                        ? CHECKPOINT_BEFORE
                                        : CHECKPOINT))
                .map(rows -> rows.stream().map(Finding::of).toList());
    }
}
