package dev.drawbridge.gateway.tool.operate;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.gateway.tool.Features;
import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.ToolDefinition;

import io.vertx.core.Future;

import jakarta.inject.Singleton;

import java.util.Set;

/// Whether standbys and subscribers keep up.
@Singleton
final class ReplicationStatus implements Tool {
    private static final String SQL = OperateSql.read("replication-status");

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "replication_status",
                    "Replication status",
                    "Primary or standby, who replicates and how far behind, slots and the WAL they hold back,"
                            + " subscriptions, publications.",
                    Schemas.onDatabase().closed(),
                    Report.schema("senders", "slots", "subscriptions"),
                    ToolDefinition.Hints.READS,
                    Set.of(Features.OPERATE));

    private final Databases databases;

    ReplicationStatus(Databases databases) {
        this.databases = databases;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        return Report.ask(databases.of(call), SQL).map(report -> report.answer(summary(report)));
    }

    private static String summary(Report report) {
        var told = new StringBuilder("A " + report.text("role") + " with ");
        told.append(Quantity.count(report.list("senders").size(), "receiver", "receivers"))
                .append(" and ")
                .append(Quantity.count(report.list("slots").size(), "slot", "slots"))
                .append('.');
        if (report.number("unusedSlots") > 0) {
            told.append(" Nobody uses ")
                    .append(Quantity.count(report.number("unusedSlots"), "slot", "slots"))
                    .append(
                            ": WAL and dead rows are kept until the disk is full. Have a reader"
                                    + " connect, or pg_drop_replication_slot; max_slot_wal_keep_size is a"
                                    + " limit.");
        }
        if (report.number("sendersNotShown") > 0) {
            told.append(" How far receivers are takes pg_monitor for the connection's login.");
        }
        return told.toString();
    }
}
