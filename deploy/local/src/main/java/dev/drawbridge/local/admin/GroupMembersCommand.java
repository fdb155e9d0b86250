package dev.drawbridge.local.admin;

import com.fasterxml.jackson.databind.JsonNode;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Map;
import java.util.Optional;

/// `drawbridge group members …`.
@Command(name = "members", description = "Who is in a group: users, and other groups.")
final class GroupMembersCommand {
    private static final Answers.Table TABLE =
            Answers.Table.of("NAME", "name", "USER", "userId", "GROUP", "memberGroupId");

    /// One of the two.
    static final class Member {
        @Option(names = "--user", paramLabel = "<username>", description = "A user.")
        private Optional<String> user = Optional.empty();

        @Option(names = "--group", paramLabel = "<group>", description = "A group.")
        private Optional<String> group = Optional.empty();

        private String name() {
            return user.or(() -> group).orElseThrow();
        }

        private String id(Session session) {
            return Session.id(
                    user.map(session::user).orElseGet(() -> session.group(group.orElseThrow())));
        }
    }

    /// The options of `add` and `remove`.
    static final class Named {
        @Parameters(paramLabel = "<group>")
        private String group = "";

        @ArgGroup(multiplicity = "1")
        private Member member = new Member();
    }

    @Command(name = "list", description = "Shows the members of a group.")
    void list(@Mixin SuiteOption suite, @Parameters(paramLabel = "<group>") String name) {
        try (var session = suite.open()) {
            suite.answers().list(session.list(path(session, name), ""), TABLE);
        }
    }

    @Command(
            name = "add",
            description = "Puts a user, or a group with all its members, into a group.")
    void add(@Mixin SuiteOption suite, @Mixin Named named) {
        try (var session = suite.open()) {
            String field = named.member.user.isPresent() ? "userId" : "groupId";
            var added =
                    session.post(
                            path(session, named.group), Map.of(field, named.member.id(session)));
            suite.answers().one(added, "%s is in %s.".formatted(named.member.name(), named.group));
        }
    }

    @Command(name = "remove", description = "Takes a user or a group out of a group.")
    void remove(@Mixin SuiteOption suite, @Mixin Named named) {
        try (var session = suite.open()) {
            String path = path(session, named.group);
            String id = named.member.id(session);
            JsonNode member =
                    session.list(path, "").stream()
                            .filter(it -> isMember(it, id))
                            .findFirst()
                            .orElseThrow(() ->
                                    Session.none(
                                            "member %s in %s"
                                                    .formatted(named.member.name(), named.group)));
            session.delete(path + "/" + Session.id(member));
            suite.answers()
                    .one(member, "%s is not in %s.".formatted(named.member.name(), named.group));
        }
    }

    private static boolean isMember(JsonNode membership, String id) {
        return membership.path("userId").asText().equals(id)
                || membership.path("memberGroupId").asText().equals(id);
    }

    private static String path(Session session, String group) {
        return "/groups/" + Session.id(session.group(group)) + "/members";
    }
}
