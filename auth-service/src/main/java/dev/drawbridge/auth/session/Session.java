package dev.drawbridge.auth.session;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/// A session as it is shown.
///
/// @param expiresAt its end, used or not; an unused one ends earlier
/// @param lastSeenAt to the minute
/// @param lastAddress where it was last used from; null when that is not known
/// @param userAgent what the program that signed in calls itself
/// @param current whether it is the one that asks
/// @param ofSuperuser whether its user is a superuser
@JsonInclude(JsonInclude.Include.NON_NULL)
record Session(
        UUID id,
        UUID userId,
        Instant createdAt,
        Instant expiresAt,
        Instant lastSeenAt,
        @Nullable String lastAddress,
        @Nullable String userAgent,
        boolean current,
        @JsonIgnore boolean ofSuperuser) {}
