package dev.drawbridge.auth.profile;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.UUID;

/// What a person sees and keeps of themselves.
///
/// @param email verified
/// @param pendingEmail one that waits for the link that was sent there
/// @param metadata decides nothing
/// @param version for `ETag`
@JsonInclude(JsonInclude.Include.NON_NULL)
record Profile(
        UUID id,
        String username,
        @Nullable String displayName,
        @Nullable String email,
        @Nullable String pendingEmail,
        Map<String, Object> metadata,
        @JsonIgnore long version) {}
