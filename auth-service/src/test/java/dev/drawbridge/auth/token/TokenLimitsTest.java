package dev.drawbridge.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.auth.credential.ServiceRoleConfig;
import dev.drawbridge.auth.revocation.RevocationRepository;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.Grants;
import dev.drawbridge.sql.Db;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
class TokenLimitsTest {
    private static final String TOKENS = "/api/v1/auth/tokens";
    private static final String ME = "/api/v1/auth/me";
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

    @Inject Db db;
    @Inject TokenRepository repository;
    @Inject RevocationRepository revocations;
    @Inject ServiceRoleConfig serviceRoles;
    @Inject Audit audit;

    private final TestTenant tenant = TestTenant.fresh();
    private final Person kim = tenant.person("kim");

    @Test
    void works_in_its_hours_only() {
        String now = Api.newToken(kim, hours(-60, 60));
        String later = Api.newToken(kim, hours(60, 120));
        String jwt = Api.exchange(now).then().statusCode(200).extract().path("access_token");

        Api.bearer(now).get(ME).then().statusCode(200);
        Api.bearer(later).get(ME).then().spec(Api.unauthenticated());
        Api.exchange(later).then().spec(Api.unauthenticated());
        TestTenant.run(
                "update auth.api_token set allowed_hours = (select allowed_hours from auth.api_token"
                        + " where sha256 = sha256(?::bytea)) where sha256 = sha256(?::bytea)",
                later,
                now);
        Api.bearer(jwt).get(ME).then().spec(Api.unauthenticated());
    }

    @Test
    void gives_its_hours_to_what_it_makes() {
        String from = clock(-60);
        String maker = Api.newToken(kim, hours(from, clock(60)));

        Api.bearer(maker)
                .body("{\"name\": \"child\"}")
                .post(TOKENS)
                .then()
                .statusCode(201)
                .body("allowedHours.timeZone", equalTo("UTC"))
                .body("allowedHours.from", equalTo(from));
        Api.bearer(maker)
                .body("{\"name\": \"child\", " + hours(-120, 60) + "}")
                .post(TOKENS)
                .then()
                .spec(Api.forbidden());
    }

    @Test
    void may_be_used_so_often_and_says_so_in_the_access_token() {
        String token = Api.newToken(kim, "\"rateLimit\": {\"requests\": 3, \"perSeconds\": 86400}");

        Api.bearer(token)
                .get(ME)
                .then()
                .statusCode(200)
                .body("credential.rateLimit.requests", equalTo(3))
                .body("credential.rateLimit.perSeconds", equalTo(86400));
        Api.exchange(token).then().statusCode(200);
        Api.exchange(token).then().statusCode(200);

        Api.exchange(token)
                .then()
                .spec(Api.problem(429, "RATE_LIMITED"))
                .header("Retry-After", notNullValue());
        Api.bearer(token).get(ME).then().spec(Api.problem(429, "RATE_LIMITED"));
        Api.exchange(Api.newToken(kim, "")).then().statusCode(200);
    }

    @Test
    void makes_no_token_that_would_have_another_rate() {
        String token = Api.newToken(kim, "\"rateLimit\": {\"requests\": 9, \"perSeconds\": 60}");

        Api.bearer(token).body("{\"name\": \"child\"}").post(TOKENS).then().spec(Api.forbidden());
    }

    @Test
    void notes_where_it_was_used_from() {
        String token = Api.newToken(kim, "");
        Api.exchangeFrom(token, "203.0.113.9").then().statusCode(200);

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() ->
                        "203.0.113.9"
                                .equals(
                                        Api.as(kim)
                                                .get(TOKENS)
                                                .then()
                                                .extract()
                                                .path("items[0].lastUsedAddress")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "allowedHours | {'name': 'x', 'allowedHours': {}}",
                "allowedHours | {'name': 'x', 'allowedHours': {'timeZone': 'Berlin', 'from': '08:00', 'to': '18:00'}}",
                "allowedHours | {'name': 'x', 'allowedHours': {'timeZone': 'UTC', 'days': [null], 'from': '08:00', 'to': '18:00'}}",
                "allowedHours.until | {'name': 'x', 'allowedHours': {'timeZone': 'UTC', 'from': '08:00', 'to': '18:00', 'until': '18:00'}}",
                "rateLimit | {'name': 'x', 'rateLimit': {}}",
                "rateLimit | {'name': 'x', 'rateLimit': {'requests': 0, 'perSeconds': 60}}",
                "rateLimit | {'name': 'x', 'rateLimit': {'requests': 100001, 'perSeconds': 60}}",
                "rateLimit | {'name': 'x', 'rateLimit': {'requests': 1, 'perSeconds': 86401}}",
                "rateLimit.perMinute | {'name': 'x', 'rateLimit': {'requests': 1, 'perMinute': 1}}",
                "type | {'name': 'x', 'type': 'session'}",
                "type | {'name': 'x', 'type': ''}"
            })
    void names_the_field_that_is_wrong(String field, String body) {
        Api.as(kim).body(body.replace('\'', '"')).post(TOKENS).then().spec(Api.invalid(field));
    }

    @Test
    void lasts_no_longer_than_the_policy_allows() {
        Tokens strict =
                new Tokens(
                        db,
                        repository,
                        revocations,
                        policy(Duration.ofDays(30)),
                        serviceRoles,
                        audit);
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        Instant next = Instant.now().plus(Duration.ofDays(31));

        assertThat(strict.draft(caller(), request(tomorrow)).expiresAt()).isEqualTo(tomorrow);
        assertThat(strict.draft(caller(), request(null)).expiresAt())
                .isBetween(
                        Instant.now().plus(Duration.ofDays(29)),
                        Instant.now().plus(Duration.ofDays(30)));
        assertThatThrownBy(() -> strict.draft(caller(), request(next)))
                .hasMessageContaining("expiresAt");
        Tokens free = new Tokens(db, repository, revocations, policy(null), serviceRoles, audit);
        assertThat(free.draft(caller(), request(null)).expiresAt()).isNull();
    }

    static TokenConfig policy(Duration maxLifetime) {
        return new TokenConfig() {
            @Override
            public Optional<Duration> maxLifetime() {
                return Optional.ofNullable(maxLifetime);
            }

            @Override
            public Duration rotationOverlap() {
                return Duration.ofDays(1);
            }
        };
    }

    private static TokenRequest request(Instant expiresAt) {
        return new TokenRequest("t", expiresAt, null, null, null, null, null, null);
    }

    private Caller caller() {
        return new Caller(
                kim.id(),
                "kim",
                tenant.id(),
                false,
                List.of(),
                Map.of(),
                new Caller.Credential(CredentialType.SESSION, Db.newId(), null, null),
                Grants.NOTHING,
                null);
    }

    private static String hours(int fromMinutes, int toMinutes) {
        return hours(clock(fromMinutes), clock(toMinutes));
    }

    private static String hours(String from, String to) {
        return "\"allowedHours\": {\"timeZone\": \"UTC\", \"from\": \"%s\", \"to\": \"%s\"}"
                .formatted(from, to);
    }

    private static String clock(int minutes) {
        return CLOCK.format(Instant.now().plusSeconds(minutes * 60L).atZone(ZoneOffset.UTC));
    }
}
