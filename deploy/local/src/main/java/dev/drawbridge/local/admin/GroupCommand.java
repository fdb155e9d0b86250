package dev.drawbridge.local.admin;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.Map;

/// `drawbridge group …`.
@Command(
        name = "group",
        description = "Groups, who is in them, and what they may do.",
        subcommands = GroupMembersCommand.class)
public final class GroupCommand {
    private static final Answers.Table GROUPS = Answers.Table.of("NAME", "name", "ID", "id");
    private static final Answers.Table GRANTS =
            Answers.Table.of("OBJECT", "object", "LEVEL", "level", "ID", "id");

    @Command(name = "list", description = "Shows all groups.")
    void list(@Mixin SuiteOption suite) {
        try (var session = suite.open()) {
            suite.answers().list(session.list("/groups", ""), GROUPS);
        }
    }

    @Command(name = "add", description = "Makes a group.")
    void add(@Mixin SuiteOption suite, @Parameters(paramLabel = "<group>") String name) {
        try (var session = suite.open()) {
            var group = session.post("/groups", Map.of("name", name));
            suite.answers().one(group, "Added the group " + name + ".");
        }
    }

    @Command(name = "remove", description = "Removes a group with its grants; its members stay.")
    void remove(@Mixin SuiteOption suite, @Parameters(paramLabel = "<group>") String name) {
        try (var session = suite.open()) {
            var group = session.group(name);
            session.delete("/groups/" + Session.id(group));
            suite.answers().one(group, "Removed the group " + name + ".");
        }
    }

    @Command(name = "grants", description = "Shows what a group may do.")
    void grants(@Mixin SuiteOption suite, @Parameters(paramLabel = "<group>") String name) {
        try (var session = suite.open()) {
            String group = Session.id(session.group(name));
            suite.answers().list(session.list("/grants", "&groupId=" + group), GRANTS);
        }
    }

    @Command(
            name = "grant",
            description = "Lets a group do something; an earlier level on the object is replaced.")
    void grant(
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
            String group = Session.id(session.group(name));
            var earlier = session.grant(group, object);
            var grant =
                    earlier.isPresent()
                            ? session.patch(
                                    "/grants/" + Session.id(earlier.get()), Map.of("level", level))
                            : session.post(
                                    "/grants",
                                    Map.of("groupId", group, "object", object, "level", level));
            suite.answers().one(grant, "Granted %s %s on %s.".formatted(name, level, object));
        }
    }

    @Command(name = "revoke", description = "Takes back what a group may do on an object.")
    void revoke(
            @Mixin SuiteOption suite,
            @Parameters(paramLabel = "<group>") String name,
            @Parameters(paramLabel = "<object>") String object) {
        try (var session = suite.open()) {
            var grant =
                    session.grant(Session.id(session.group(name)), object)
                            .orElseThrow(() -> Session.none("grant on " + object));
            session.delete("/grants/" + Session.id(grant));
            suite.answers().one(grant, "Revoked what %s had on %s.".formatted(name, object));
        }
    }
}
