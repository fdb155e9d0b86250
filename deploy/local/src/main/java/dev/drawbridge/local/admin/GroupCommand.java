package dev.drawbridge.local.admin;

import com.fasterxml.jackson.databind.JsonNode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.Map;

/// `drawbridge group …`.
@Command(
        name = "group",
        description = "Groups, who is in them, and what they may do.",
        subcommands = GroupMembersCommand.class,
        mixinStandardHelpOptions = true)
public final class GroupCommand {
    private static final Answers.Table GROUPS =
            new Answers.Table(UserCommand.columns("NAME", "name", "ID", "id"));
    private static final Answers.Table GRANTS =
            new Answers.Table(
                    UserCommand.columns("OBJECT", "object", "LEVEL", "level", "ID", "id"));

    @Command(name = "list", description = "Shows all groups.", mixinStandardHelpOptions = true)
    int list(@Mixin SuiteOption suite) {
        try (var session = suite.open()) {
            suite.answers().list(session.list("/groups", ""), GROUPS);
        }
        return 0;
    }

    @Command(name = "add", description = "Makes a group.", mixinStandardHelpOptions = true)
    int add(@Mixin SuiteOption suite, @Parameters(paramLabel = "<group>") String name) {
        try (var session = suite.open()) {
            var group = session.post("/groups", Map.of("name", name));
            suite.answers().one(group, "Added the group " + name + ".");
        }
        return 0;
    }

    @Command(
            name = "remove",
            description = "Removes a group with its grants; its members stay.",
            mixinStandardHelpOptions = true)
    int remove(@Mixin SuiteOption suite, @Parameters(paramLabel = "<group>") String name) {
        try (var session = suite.open()) {
            var group = session.group(name);
            session.delete("/groups/" + id(group));
            suite.answers().one(group, "Removed the group " + name + ".");
        }
        return 0;
    }

    @Command(
            name = "grants",
            description = "Shows what a group may do.",
            mixinStandardHelpOptions = true)
    int grants(@Mixin SuiteOption suite, @Parameters(paramLabel = "<group>") String name) {
        try (var session = suite.open()) {
            String group = id(session.group(name));
            suite.answers().list(session.list("/grants", "&groupId=" + group), GRANTS);
        }
        return 0;
    }

    @Command(
            name = "grant",
            description = "Lets a group do something; an earlier level on the object is replaced.",
            mixinStandardHelpOptions = true)
    int grant(
            @Mixin SuiteOption suite,
            @Parameters(paramLabel = "<group>") String name,
            @Parameters(
                            paramLabel = "<object>",
                            description =
                                    "connection:{id}, tool:{name}, admin:{area}, …; * for any.")
                    String object,
            @Parameters(paramLabel = "<level>", description = "read, write or admin.")
                    String level) {
        try (var session = suite.open()) {
            String group = id(session.group(name));
            var earlier = session.grant(group, object);
            var grant =
                    earlier.isPresent()
                            ? session.patch("/grants/" + id(earlier.get()), Map.of("level", level))
                            : session.post(
                                    "/grants",
                                    Map.of("groupId", group, "object", object, "level", level));
            suite.answers().one(grant, "Granted %s %s on %s.".formatted(name, level, object));
        }
        return 0;
    }

    @Command(
            name = "revoke",
            description = "Takes back what a group may do on an object.",
            mixinStandardHelpOptions = true)
    int revoke(
            @Mixin SuiteOption suite,
            @Parameters(paramLabel = "<group>") String name,
            @Parameters(paramLabel = "<object>") String object) {
        try (var session = suite.open()) {
            var grant =
                    session.grant(id(session.group(name)), object)
                            .orElseThrow(() -> Session.none("grant on " + object));
            session.delete("/grants/" + id(grant));
            suite.answers().one(grant, "Revoked what %s had on %s.".formatted(name, object));
        }
        return 0;
    }

    private static String id(JsonNode thing) {
        return thing.path("id").asText();
    }
}
