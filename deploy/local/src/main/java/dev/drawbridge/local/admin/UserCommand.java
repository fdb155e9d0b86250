package dev.drawbridge.local.admin;

import com.fasterxml.jackson.databind.JsonNode;

import dev.drawbridge.local.rest.RestApi;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `drawbridge user …`.
@Command(name = "user", description = "People and programs with an account.")
public final class UserCommand {
    private static final Answers.Table TABLE =
            Answers.Table.of(
                    "USERNAME", "username",
                    "KIND", "kind",
                    "ENABLED", "enabled",
                    "SUPERUSER", "superuser",
                    "ATTRIBUTES", "attributes",
                    "ID", "id");

    @Command(name = "list", description = "Shows all users.")
    void list(@Mixin SuiteOption suite) {
        try (var session = suite.open()) {
            suite.answers().list(session.list("/users", ""), TABLE);
        }
    }

    @Command(
            name = "add",
            description = "Makes a user, with a generated password or one from standard input.")
    void add(@Mixin SuiteOption suite, @Mixin NewUser wanted, @Mixin PasswordOption password) {
        try (var session = suite.open()) {
            if (wanted.isService()) {
                password.requireNone();
                var account = session.post("/users", wanted.request());
                suite.answers().one(account, "Added " + wanted.username() + ".");
                return;
            }
            var user =
                    password.give(
                            suite,
                            wanted.username(),
                            false,
                            chosen -> session.post("/users", wanted.with(chosen)));
            suite.answers().one(user, "Added " + wanted.username() + "." + where(user));
        }
    }

    @Command(
            name = "disable",
            description = "Lets a user in no more; ends the sessions and the tokens.")
    void disable(@Mixin SuiteOption suite, @Parameters(paramLabel = "<username>") String username) {
        change(suite, username, false, "Disabled ");
    }

    @Command(name = "enable", description = "Lets a disabled user in again.")
    void enable(@Mixin SuiteOption suite, @Parameters(paramLabel = "<username>") String username) {
        change(suite, username, true, "Enabled ");
    }

    private static void change(SuiteOption suite, String username, boolean enabled, String done) {
        try (var session = suite.open()) {
            var changed = session.patch(path(session.user(username)), Map.of("enabled", enabled));
            suite.answers().one(changed, done + username + ".");
        }
    }

    @Command(
            name = "reset-password",
            description = "Gives a user a new password and ends the sessions; tokens stay.")
    void resetPassword(
            @Mixin SuiteOption suite,
            @Mixin PasswordOption password,
            @Parameters(paramLabel = "<username>") String username) {
        try (var session = suite.open()) {
            String path = path(session.user(username));
            var user =
                    password.give(
                            suite,
                            username,
                            true,
                            chosen -> session.patch(path, Map.of("password", chosen.reveal())));
            suite.answers().one(user, "Gave " + username + " a new password." + where(user));
        }
    }

    @Command(
            name = "unlock",
            description = "Lets a user try again who was locked out by wrong passwords.")
    void unlock(@Mixin SuiteOption suite, @Parameters(paramLabel = "<username>") String username) {
        try (var session = suite.open()) {
            var user = session.user(username);
            session.post(path(user) + "/unlock", Map.of());
            suite.answers().one(user, "Unlocked " + username + ".");
        }
    }

    @Command(
            name = "explain",
            description = "Says what a user may do on an object, and which grant decided.")
    void explain(
            @Mixin SuiteOption suite,
            @Parameters(paramLabel = "<username>") String username,
            @Parameters(paramLabel = "<object>", description = "Such as connection:{id}, tool:*.")
                    String object) {
        try (var session = suite.open()) {
            String query = "/effective?object=" + RestApi.encoded(object);
            var explained = session.get(path(session.user(username)) + query);
            suite.answers().one(explained, lines(explained));
        }
    }

    private static List<String> lines(JsonNode explained) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "%s on %s, decided by: %s"
                        .formatted(
                                explained.path("level").asText(),
                                explained.path("object").asText(),
                                explained.path("decidedBy").asText()));
        explained
                .path("grants")
                .forEach(grant -> {
                    List<String> way = new ArrayList<>();
                    grant.path("through").forEach(group -> way.add(group.path("name").asText()));
                    lines.add(
                            "%s %s on %s, through %s"
                                    .formatted(
                                            grant.path("decides").asBoolean() ? "*" : " ",
                                            grant.path("level").asText(),
                                            grant.path("object").asText(),
                                            String.join(" in ", way)));
                });
        return lines;
    }

    private static String path(JsonNode user) {
        return "/users/" + Session.id(user);
    }

    private static String where(Map<String, Object> user) {
        var file = user.get("passwordFile");
        return file == null ? "" : " The password is in " + file + ".";
    }
}
