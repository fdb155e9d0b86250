package dev.drawbridge.gateway.prompt;

import dev.drawbridge.gateway.connection.Connections;

import jakarta.inject.Singleton;

import java.util.List;
import java.util.stream.Stream;

/// The runbooks in `prompt/`, each named as its file is.
@Singleton
final class Runbooks {
    private final List<Prompt> all;

    Runbooks(Connections connections) {
        all =
                Stream.of(
                                "bloat",
                                "blocked-sessions",
                                "capacity",
                                "diagnose-connection",
                                "explore-database",
                                "schema-design",
                                "semantic-search-setup",
                                "slow-query",
                                "write-query")
                        .map(RunbookText::read)
                        .<Prompt>map(text -> new Runbook(text, connections))
                        .toList();
    }

    List<Prompt> all() {
        return all;
    }
}
