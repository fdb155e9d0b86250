package dev.drawbridge.auth.external;

import dev.drawbridge.auth.name.Tenant;
import dev.drawbridge.auth.oidc.OidcConfig.Registration;
import dev.drawbridge.auth.oidc.Provider;
import dev.drawbridge.problem.Problem;

import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Somebody as verified claims of a provider describe them, in our own words.
///
/// @param sid the provider's session (OpenID Connect Front-Channel Logout 1.0 section 3)
/// @param issuedAt when that was true
/// @param username what the configured claim says
/// @param email only when the provider has verified it
/// @param secondFactor whether the provider says that a second factor was shown
/// @param groups names of groups here; null when the token says nothing about groups
/// @param attributes by name; an empty one is one that the token lacks
public record ExternalPerson(
        String issuer,
        String subject,
        @Nullable String sid,
        Instant issuedAt,
        @Nullable String username,
        @Nullable String email,
        String tenant,
        boolean secondFactor,
        @Nullable Set<String> groups,
        Map<String, Optional<Object>> attributes) {
    private static final int LONGEST_TEXT = 1_000;

    /// What an ID token says: a claim that it lacks is one that the person has not.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHENTICATION_ERROR` for a tenant that is
    ///   not configured
    public static ExternalPerson ofSignOn(Provider provider, JwtClaims claims) {
        return of(provider, claims, true);
    }

    /// What a bearer token says: of groups and attributes that it lacks it says nothing.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHENTICATION_ERROR` for a tenant that is
    ///   not configured
    public static ExternalPerson ofBearer(Provider provider, JwtClaims claims) {
        return of(provider, claims, false);
    }

    private static ExternalPerson of(Provider provider, JwtClaims claims, boolean whole) {
        Registration registration = provider.registration();
        boolean verified = Boolean.TRUE.equals(claims.getClaimValue("email_verified"));
        try {
            return new ExternalPerson(
                    provider.issuer(),
                    claims.getSubject(),
                    text(claims.getClaimValue("sid")),
                    Instant.ofEpochSecond(claims.getIssuedAt().getValue()),
                    text(at(claims, registration.usernameClaim())),
                    verified ? text(claims.getClaimValue("email")) : null,
                    tenant(registration, claims),
                    secondFactor(registration, claims),
                    groups(registration, claims, whole),
                    attributes(registration, claims, whole));
        } catch (MalformedClaimException malformed) {
            throw new Problem.Unauthenticated("The identity provider's token is not valid.")
                    .exception(malformed);
        }
    }

    private static String tenant(Registration registration, JwtClaims claims) {
        if (registration.tenantClaim().isEmpty()) {
            return Tenant.DEFAULT;
        }
        List<String> told = texts(at(claims, registration.tenantClaim().get()));
        String tenant = told.size() == 1 ? registration.tenants().get(told.getFirst()) : null;
        if (tenant == null) {
            throw new Problem.Unauthenticated(
                            "The identity provider names no tenant that is known here.")
                    .exception();
        }
        return tenant;
    }

    /// OpenID Connect Core 1.0 section 2, RFC 8176 section 2.
    private static boolean secondFactor(Registration registration, JwtClaims claims) {
        return texts(claims.getClaimValue("amr")).contains("mfa")
                || (claims.getClaimValue("acr") instanceof String level
                        && registration
                                .secondFactorAcr()
                                .filter(levels -> levels.contains(level))
                                .isPresent());
    }

    private static @Nullable Set<String> groups(
            Registration registration, JwtClaims claims, boolean whole) {
        Object told = at(claims, registration.groupsClaim());
        if (told == null && !whole) {
            return null;
        }
        Set<String> groups = new TreeSet<>();
        for (String value : texts(told)) {
            String group = registration.groups().get(value);
            if (group != null) {
                groups.add(group);
            }
        }
        return groups;
    }

    private static Map<String, Optional<Object>> attributes(
            Registration registration, JwtClaims claims, boolean whole) {
        Map<String, Optional<Object>> attributes = new HashMap<>();
        registration
                .attributes()
                .forEach((name, claim) -> {
                    Optional<Object> value =
                            Optional.ofNullable(at(claims, claim)).filter(ExternalPerson::isScalar);
                    if (whole || value.isPresent()) {
                        attributes.put(name, value);
                    }
                });
        return attributes;
    }

    private static boolean isScalar(Object value) {
        return value instanceof Number
                || value instanceof Boolean
                || (value instanceof String text && text.length() <= LONGEST_TEXT);
    }

    /// A claim of that name, or step by step inside objects.
    private static @Nullable Object at(JwtClaims claims, String path) {
        Object whole = claims.getClaimValue(path);
        if (whole != null || path.indexOf('.') < 0) {
            return whole;
        }
        Object found = claims.getClaimsMap();
        for (String step : path.split("\\.", -1)) {
            found = found instanceof Map<?, ?> object ? object.get(step) : null;
        }
        return found;
    }

    private static List<String> texts(@Nullable Object claim) {
        return switch (claim) {
            case String one -> List.of(one);
            case List<?> many ->
                    many.stream().filter(String.class::isInstance).map(String.class::cast).toList();
            case null, default -> List.of();
        };
    }

    private static @Nullable String text(@Nullable Object claim) {
        return claim instanceof String text && !text.isEmpty() ? text : null;
    }
}
