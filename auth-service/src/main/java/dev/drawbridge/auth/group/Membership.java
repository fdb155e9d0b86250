package dev.drawbridge.auth.group;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/// One member of a group: a user or a group.
///
/// @param id of the membership, which a removal names
/// @param groupId the group that has the member
/// @param userId the member, when it is a user
/// @param memberGroupId the member, when it is a group
/// @param name the member's name
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Membership(
        UUID id,
        UUID groupId,
        @Nullable UUID userId,
        @Nullable UUID memberGroupId,
        String name,
        Instant createdAt) {}
