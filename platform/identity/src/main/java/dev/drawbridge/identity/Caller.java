package dev.drawbridge.identity;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.drawbridge.identity.network.Cidr;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Who makes a request, as auth-service vouches for it in an access token.
///
/// @param id the user's id
/// @param tenant the tenant's name
/// @param groups names of all groups, the nested ones included
/// @param attributes scalar facts about the user that row-level policies use, such as `store_id`
/// @param superuser whether the caller holds everything
/// @param grants what the groups give
/// @param scopes what the token lets through; null for an unscoped one
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Caller(
        UUID id,
        String username,
        String tenant,
        boolean superuser,
        List<String> groups,
        Map<String, Object> attributes,
        Credential credential,
        Grants grants,
        @Nullable Grants scopes) {

    public Caller {
        groups = List.copyOf(groups);
        attributes = Map.copyOf(attributes);
    }

    /// What the caller showed.
    ///
    /// @param id of the session or token, not its secret
    /// @param expiresAt when it stops working; null for a token without an end
    /// @param agentClass the class of agent that a token was made for
    /// @param rateLimit how often a token may be used; null for any number
    /// @param networks that it works from; null for anywhere
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Credential(
            CredentialType type,
            UUID id,
            @Nullable Instant expiresAt,
            @Nullable String agentClass,
            @Nullable RateLimit rateLimit,
            @Nullable List<Cidr> networks) {

        public Credential {
            networks = networks == null ? null : List.copyOf(networks);
        }

        /// One that works from anywhere.
        public Credential(
                CredentialType type,
                UUID id,
                @Nullable Instant expiresAt,
                @Nullable String agentClass,
                @Nullable RateLimit rateLimit) {
            this(type, id, expiresAt, agentClass, rateLimit, null);
        }

        /// The same without a rate of its own.
        public Credential(
                CredentialType type,
                UUID id,
                @Nullable Instant expiresAt,
                @Nullable String agentClass) {
            this(type, id, expiresAt, agentClass, null);
        }

        /// Whether it works for a request from an address.
        ///
        /// @param address null for one that is not known
        public boolean worksFrom(@Nullable InetAddress address) {
            return networks == null
                    || (address != null
                            && networks.stream().anyMatch(network -> network.contains(address)));
        }
    }

    /// So many requests in a span of time.
    public record RateLimit(int requests, int perSeconds) {}
}
