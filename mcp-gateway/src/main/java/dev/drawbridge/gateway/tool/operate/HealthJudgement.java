package dev.drawbridge.gateway.tool.operate;

import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// How good or bad is what the tools tell.
final class HealthJudgement {
    private static final int HOUR = 3_600;
    private static final double GIGABYTE = 1L << 30;
    private static final long HELD_LONG = 10_000_000;

    private HealthJudgement() {}

    static List<Finding> locks(BlockTree tree) {
        Grade grade =
                tree.longest() >= 60
                        ? Grade.CRITICAL
                        : tree.longest() >= 10 ? Grade.WARNING : Grade.OK;
        return List.of(
                Finding.of(
                        grade,
                        tree.waiting() == 0
                                ? "no session waits for a lock"
                                : Quantity.count(tree.waiting(), "session waits", "sessions wait")
                                        + ", the longest for "
                                        + Quantity.seconds(tree.longest()),
                        grade == Grade.OK ? null : "Find the root with locks_and_blockers."));
    }

    static List<Finding> transactions(Report report) {
        long oldest = report.number("oldestSeconds");
        Grade grade =
                oldest >= HOUR
                        ? Grade.CRITICAL
                        : report.number("found") > 0 ? Grade.WARNING : Grade.OK;
        List<Finding> found = new ArrayList<>();
        found.add(
                Finding.of(
                        grade,
                        report.number("found")
                                + " transactions open for 10 min or more"
                                + (oldest > 0
                                        ? ", the oldest for " + Quantity.seconds(oldest)
                                        : ""),
                        grade == Grade.OK
                                ? null
                                : "See long_transactions; end them, set"
                                        + " idle_in_transaction_session_timeout."));
        each(
                found,
                report.list("prepared"),
                Grade.WARNING,
                "gid",
                one -> "prepared " + Quantity.seconds(one.getLong("openSeconds")) + " ago",
                _ -> "COMMIT PREPARED or ROLLBACK PREPARED it, by its transaction manager.");
        return found;
    }

    static List<Finding> bloat(Report report) {
        List<Finding> found = new ArrayList<>();
        found.add(
                Finding.of(
                        Grade.OK,
                        report.number("tablesFound")
                                + " tables and "
                                + report.number("indexesFound")
                                + " indexes hold more than 30 % and 100 MB too much",
                        null));
        each(found, report.list("tables"), null, "table", HealthJudgement::tooMuch, _ -> REWRITE);
        each(
                found,
                report.list("indexes"),
                null,
                "index",
                HealthJudgement::tooMuch,
                one -> "reindex index concurrently " + one.getString("index"));
        return found;
    }

    private static final String REWRITE =
            "First what keeps VACUUM back (vacuum_health), then pg_repack or VACUUM FULL.";

    private static String tooMuch(JsonObject one) {
        return "about "
                + Quantity.bytes(one.getDouble("bloatBytes"))
                + " ("
                + one.getDouble("bloatPercent")
                + " %) too much";
    }

    static List<Finding> vacuum(Report report) {
        List<Finding> found = new ArrayList<>();
        boolean works = VacuumHealth.works(report);
        found.add(
                Finding.of(
                        works ? Grade.OK : Grade.CRITICAL,
                        works
                                ? report.number("dueFound") + " tables are due"
                                : "autovacuum does not work, and "
                                        + report.number("dueFound")
                                        + " tables are due",
                        works ? null : "Set autovacuum and track_counts on."));
        each(
                found,
                report.list("due").stream().filter(HealthJudgement::isOverdue).toList(),
                Grade.WARNING,
                "table",
                one ->
                        one.getLong("deadRows")
                                + " dead rows ("
                                + one.getValue("deadPercent")
                                + " %)"
                                + (one.getValue("autovacuumOff") == null
                                        ? ""
                                        : ", autovacuum is off for it"),
                one -> "vacuum (analyze) " + one.getString("table"));
        each(
                found,
                report.list("heldBackBy").stream()
                        .filter(one -> one.getLong("transactions") >= HELD_LONG)
                        .toList(),
                Grade.WARNING,
                "holder",
                one -> "keeps dead rows of " + one.getLong("transactions") + " transactions",
                _ -> "End it: nothing is cleared away before.");
        return found;
    }

    /// Well beyond the threshold: autovacuum has not come, or does not manage.
    private static boolean isOverdue(JsonObject one) {
        return number(one, "deadRows") > 2 * number(one, "vacuumFrom")
                || (one.getValue("autovacuumOff") != null && number(one, "deadRows") > 1_000);
    }

    static List<Finding> wraparound(Report report) {
        double used = Wraparound.used(report);
        double forced = Wraparound.forced(report);
        Grade grade =
                used >= 75
                        ? Grade.CRITICAL
                        : used >= 40 || forced >= 150 ? Grade.WARNING : Grade.OK;
        return List.of(
                Finding.of(
                        grade,
                        used
                                + " % of transaction ids used, of what forces a freeze "
                                + forced
                                + " %",
                        grade == Grade.OK
                                ? null
                                : "VACUUM (FREEZE) the oldest tables (wraparound names them), and"
                                        + " end what holds old transactions."));
    }

    static List<Finding> replication(Report report) {
        List<Finding> found = new ArrayList<>();
        found.add(
                Finding.of(
                        Grade.OK,
                        report.text("role")
                                + ", "
                                + Quantity.count(
                                        report.list("senders").size(), "receiver", "receivers")
                                + ", "
                                + Quantity.count(report.list("slots").size(), "slot", "slots"),
                        null));
        for (JsonObject slot : report.list("slots")) {
            slot(found, slot);
        }
        for (JsonObject sender : report.list("senders")) {
            double behind = number(sender, "behindBytes");
            if (behind > GIGABYTE) {
                found.add(
                        new Finding(
                                Grade.WARNING,
                                sender.getString("application"),
                                Quantity.bytes(behind) + " behind",
                                "Look at its disk, its network, and long queries on it."));
            }
        }
        double delay = number(report.told(), "replayDelaySeconds");
        if (delay > 300) {
            found.add(
                    Finding.of(
                            Grade.WARNING,
                            "the last replayed transaction is " + Quantity.seconds(delay) + " old",
                            "Either the primary is idle, or this standby is behind."));
        }
        return found;
    }

    private static void slot(List<Finding> found, JsonObject slot) {
        String status = slot.getString("walStatus", "");
        double retained = number(slot, "retainedBytes");
        boolean lost = "lost".equals(status) || "unreserved".equals(status);
        if (lost || !slot.getBoolean("active")) {
            Grade grade = lost || retained > 10 * GIGABYTE ? Grade.CRITICAL : Grade.WARNING;
            found.add(
                    new Finding(
                            grade,
                            slot.getString("slot"),
                            (slot.getBoolean("active") ? "used" : "nobody uses it")
                                    + ", "
                                    + Quantity.bytes(retained)
                                    + " of WAL kept, status "
                                    + status,
                            "Have its reader connect, or select pg_drop_replication_slot('"
                                    + slot.getString("slot")
                                    + "')"));
        }
    }

    private static double number(JsonObject of, String name) {
        return of.getValue(name) instanceof Number number ? number.doubleValue() : 0;
    }

    /// @param grade null to grade by the bytes that are too much
    static void each(
            List<Finding> found,
            List<JsonObject> list,
            @Nullable Grade grade,
            String object,
            Function<JsonObject, String> evidence,
            Function<JsonObject, String> advice) {
        for (JsonObject one : list) {
            Grade judged =
                    grade != null
                            ? grade
                            : number(one, "bloatBytes") > 10 * GIGABYTE
                                    ? Grade.WARNING
                                    : Grade.NOTICE;
            found.add(
                    new Finding(
                            judged, one.getString(object), evidence.apply(one), advice.apply(one)));
        }
    }
}
