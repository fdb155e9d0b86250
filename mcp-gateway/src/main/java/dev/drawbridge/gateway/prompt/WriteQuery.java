package dev.drawbridge.gateway.prompt;

import dev.drawbridge.gateway.client.Outcome;

import io.vertx.core.Future;

import jakarta.inject.Singleton;

import java.util.List;
import java.util.Map;

/// From a question to a statement that answers it.
@Singleton
final class WriteQuery implements Prompt {
    @Override
    public String name() {
        return "write-query";
    }

    @Override
    public String title() {
        return "Write a query";
    }

    @Override
    public String description() {
        return "Turn a question into SQL, check it and run it.";
    }

    @Override
    public List<Argument> arguments() {
        return List.of(
                Argument.CONNECTION, new Argument("question", "What you want to know.", true));
    }

    @Override
    public Future<Outcome<List<PromptMessage>>> get(PromptCall call) {
        Map<String, String> arguments = call.arguments();
        return Prompt.said(
                """
                Answer this question from the database behind connection %s:

                %s

                1. Find the tables with get_schema (search by pattern), then their columns and keys with
                   detail full. Do not guess names.
                2. Write one SELECT. Put values into params as $1, $2 …, name the columns, order the rows,
                   and aggregate in SQL instead of fetching rows to count them.
                3. If it joins large tables, look at explain_query first.
                4. Run it with query_database. If it fails, read the error's code, hint and position, mend
                   the statement and try again.
                5. Give me the answer in a sentence, the rows in a table, and the statement.
                """
                        .formatted(arguments.get("connection_id"), arguments.get("question")));
    }
}
