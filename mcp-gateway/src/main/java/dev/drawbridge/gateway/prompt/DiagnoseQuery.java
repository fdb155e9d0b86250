package dev.drawbridge.gateway.prompt;

import dev.drawbridge.gateway.client.Outcome;

import io.vertx.core.Future;

import jakarta.inject.Singleton;

import java.util.List;
import java.util.Map;

/// Why a query is slow.
@Singleton
final class DiagnoseQuery implements Prompt {
    @Override
    public String name() {
        return "diagnose-query";
    }

    @Override
    public String title() {
        return "Diagnose a slow query";
    }

    @Override
    public String description() {
        return "Find out why a query is slow and what would help.";
    }

    @Override
    public List<Argument> arguments() {
        return List.of(Argument.CONNECTION, new Argument("sql", "The query.", true));
    }

    @Override
    public Future<Outcome<List<PromptMessage>>> get(PromptCall call) {
        Map<String, String> arguments = call.arguments();
        return Prompt.said(
                """
                This query on connection %s is slow. Find out why.

                %s

                1. Call explain_query without analyze. If its cost looks bearable, call it with analyze true.
                2. Look for: the node that takes most of the time, estimates that are off by more than ten
                   times, sequential scans that keep few rows, sorts and hashes that spill to disk, nested
                   loops with many iterations.
                3. Read the tables' indexes and row counts with get_schema (detail full) and count_rows.
                4. Tell me what dominates and why, then what to change, best first: the statement, an index
                   (the full CREATE INDEX), statistics, settings. For each say what it would cost.

                Change nothing yourself.
                """
                        .formatted(arguments.get("connection_id"), arguments.get("sql")));
    }
}
