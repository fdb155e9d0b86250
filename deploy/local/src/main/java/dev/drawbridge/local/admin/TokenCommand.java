package dev.drawbridge.local.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.drawbridge.local.rest.RestApi;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Optional;

/// `drawbridge token …`.
@Command(name = "token", description = "API tokens, of who is signed in unless said otherwise.")
public final class TokenCommand {
    private static final Answers.Table TABLE =
            Answers.Table.of(
                    "NAME", "name",
                    "SCOPES", "scopes",
                    "EXPIRES", "expiresAt",
                    "LAST USED", "lastUsedAt",
                    "ID", "id");

    @Command(name = "list", description = "Shows tokens, without their secrets.")
    void list(
            @Mixin SuiteOption suite,
            @Option(names = "--user", paramLabel = "<username>", description = "That user's.")
                    Optional<String> username) {
        try (var session = suite.open()) {
            String query =
                    username.map(name -> "&userId=" + Session.id(session.user(name))).orElse("");
            suite.answers().list(session.list("/auth/tokens", query), TABLE);
        }
    }

    @Command(name = "create", description = "Makes a token and writes it to a file.")
    void create(@Mixin SuiteOption suite, @Mixin NewToken wanted) {
        var request = wanted.request();
        try (var session = suite.open()) {
            String path = wanted.path(session);
            if (wanted.isPrinted()) {
                var made = session.post(path, request);
                suite.answers().one(made, made.path("token").asText());
                return;
            }
            try (var file = SecretFile.prepare(wanted.file(suite), false)) {
                var made = (ObjectNode) session.post(path, request);
                file.write(made.remove("token").asText());
                file.settle();
                made.put("tokenFile", file.path().toString());
                suite.answers()
                        .one(
                                made,
                                "Made the token %s (%s). It is in %s."
                                        .formatted(
                                                made.path("name").asText(),
                                                Session.id(made),
                                                file.path()));
            }
        }
    }

    @Command(name = "revoke", description = "Ends a token and those that it made.")
    void revoke(
            @Mixin SuiteOption suite,
            @Parameters(paramLabel = "<id>", description = "As list shows it.") String id) {
        try (var session = suite.open()) {
            String path = "/auth/tokens/" + RestApi.encoded(id);
            var token = session.get(path);
            session.delete(path);
            suite.answers().one(token, "Revoked " + token.path("name").asText() + ".");
        }
    }
}
