package dev.drawbridge.gateway.prompt;

import dev.drawbridge.gateway.client.Outcome;

import io.vertx.core.Future;

import jakarta.inject.Singleton;

import java.util.List;
import java.util.Map;

/// Learns what a database holds.
@Singleton
final class ExploreDatabase implements Prompt {
    @Override
    public String name() {
        return "explore-database";
    }

    @Override
    public String title() {
        return "Explore a database";
    }

    @Override
    public String description() {
        return "Find out what a database holds and how its tables hang together.";
    }

    @Override
    public List<Argument> arguments() {
        return List.of(Argument.CONNECTION);
    }

    @Override
    public Future<Outcome<List<PromptMessage>>> get(PromptCall call) {
        Map<String, String> arguments = call.arguments();
        return Prompt.said(
                """
                Explore the database behind connection %s and describe it to me.

                1. Read the resource pg://%1$s/info for version, size and schemas.
                2. Call get_schema with detail names, then with detail full for the tables that matter.
                3. Count the rows of the largest tables with count_rows, and look at a few rows of each with
                   query_database (limit 5).
                4. Tell me: what the data is about, the main tables and their keys, how they join, what is
                   odd (empty tables, missing keys, unclear names), and five questions that this data can
                   answer.

                You see only what this login may see; say so where it limits your answer.
                """
                        .formatted(arguments.get("connection_id")));
    }
}
