package dev.drawbridge.auth.invitation;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.drawbridge.auth.link.OneTimeLink;
import dev.drawbridge.auth.name.EmailAddress;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// An invitation that can still be accepted.
///
/// @param groups ids of the groups that the new user will be in
/// @param link to hand over, shown once, and only when no letter was sent
@JsonInclude(JsonInclude.Include.NON_NULL)
record Invitation(
        UUID id,
        @Nullable UUID invitedBy,
        @Nullable String email,
        @Nullable String displayName,
        List<UUID> groups,
        Map<String, Object> attributes,
        Instant createdAt,
        Instant expiresAt,
        @Nullable URI link) {
    private static final String GROUPS = "groups";
    private static final String ATTRIBUTES = "attributes";
    private static final String DISPLAY_NAME = "displayName";

    /// What a link has to keep of an invitation.
    static Map<String, Object> details(
            @Nullable String displayName, List<UUID> groups, Map<String, Object> attributes) {
        List<String> ids = groups.stream().map(UUID::toString).toList();
        return displayName == null
                ? Map.of(GROUPS, ids, ATTRIBUTES, attributes)
                : Map.of(GROUPS, ids, ATTRIBUTES, attributes, DISPLAY_NAME, displayName);
    }

    static Invitation of(OneTimeLink kept, @Nullable URI link) {
        EmailAddress email = kept.email();
        return new Invitation(
                kept.id(),
                kept.user(),
                email == null ? null : email.text(),
                (String) kept.details().get(DISPLAY_NAME),
                ids(kept.details().get(GROUPS)),
                attributes(kept.details().get(ATTRIBUTES)),
                kept.createdAt(),
                kept.expiresAt(),
                link);
    }

    private static List<UUID> ids(@Nullable Object kept) {
        return kept instanceof List<?> ids
                ? ids.stream().map(id -> UUID.fromString(String.valueOf(id))).toList()
                : List.of();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> attributes(@Nullable Object kept) {
        return kept instanceof Map<?, ?> attributes ? (Map<String, Object>) attributes : Map.of();
    }

    /// Never the link.
    @Override
    public String toString() {
        return "Invitation[" + id + "]";
    }
}
