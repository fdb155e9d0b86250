package dev.drawbridge.auth.effective;

import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// What there is around a user at one moment. A group that the user is not in, directly or through
/// others, gives nothing, whether it is here or not.
///
/// @param memberships of the user and of groups
/// @param groups by id
/// @param grants of groups
record Standing(
        boolean superuser,
        boolean enabled,
        List<Membership> memberships,
        Map<UUID, Group> groups,
        List<Held> grants) {

    /// @param member the group that is in the other; null for the user
    record Membership(@Nullable UUID member, UUID group) {}

    /// A group as an explanation names it.
    record Group(UUID id, String name) {}

    /// A grant of a group.
    record Held(UUID id, UUID group, ProtectedObject object, Level level) {}

    /// For each group that the user is in, directly or not, a shortest way to it: the group that
    /// the user is a member of, the one which that is in, and so on to the group itself.
    Map<UUID, List<Group>> ways() {
        Map<UUID, List<UUID>> outer = new HashMap<>();
        Map<UUID, List<Group>> ways = new HashMap<>();
        Deque<UUID> ends = new ArrayDeque<>();
        for (Membership membership : memberships) {
            UUID member = membership.member();
            if (member == null) {
                extend(ways, ends, List.of(), membership.group());
            } else {
                outer.computeIfAbsent(member, _ -> new ArrayList<>()).add(membership.group());
            }
        }
        while (!ends.isEmpty()) {
            UUID inner = ends.remove();
            List<Group> way = ways.getOrDefault(inner, List.of());
            outer.getOrDefault(inner, List.of()).forEach(group -> extend(ways, ends, way, group));
        }
        return ways;
    }

    private void extend(
            Map<UUID, List<Group>> ways, Deque<UUID> ends, List<Group> way, UUID group) {
        Group next = groups.get(group);
        if (next != null && !ways.containsKey(group)) {
            ways.put(group, Stream.concat(way.stream(), Stream.of(next)).toList());
            ends.add(group);
        }
    }
}
