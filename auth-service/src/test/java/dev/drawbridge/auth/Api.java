package dev.drawbridge.auth;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesRegex;

import dev.drawbridge.auth.TestTenant.Person;

import io.restassured.RestAssured;
import io.restassured.builder.ResponseSpecBuilder;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.restassured.specification.ResponseSpecification;

/// The service as its clients see it.
public final class Api {
    private Api() {}

    public static RequestSpecification anyone() {
        return RestAssured.given().contentType(ContentType.JSON);
    }

    public static RequestSpecification as(Person person) {
        return bearer(person.session());
    }

    public static RequestSpecification bearer(String credential) {
        return anyone().header("Authorization", "Bearer " + credential);
    }

    public static Response login(String tenant, String username, String password) {
        return anyone().body(
                        """
                        {"tenant": "%s", "username": "%s", "password": "%s"}
                        """
                                .formatted(tenant, username, password))
                .post("/api/v1/auth/login");
    }

    /// The secret of a new token.
    public static String newToken(Person owner, String fields) {
        return as(owner)
                .body("{\"name\": \"t\"" + (fields.isEmpty() ? "" : ", " + fields) + "}")
                .post("/api/v1/auth/tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    public static Response exchange(String credential) {
        return exchangeFrom(credential, null);
    }

    public static Response exchangeFrom(String credential, String clientAddress) {
        var request =
                RestAssured.given()
                        .formParam("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")
                        .formParam("subject_token", credential)
                        .formParam(
                                "subject_token_type",
                                "urn:ietf:params:oauth:token-type:access_token");
        if (clientAddress != null) {
            request.formParam("client_address", clientAddress);
        }
        return request.post("/api/v1/auth/exchange");
    }

    /// A problem with this status and code.
    public static ResponseSpecification problem(int status, String code) {
        return new ResponseSpecBuilder()
                .expectStatusCode(status)
                .expectContentType("application/problem+json")
                .expectBody("code", equalTo(code))
                .expectBody("status", equalTo(status))
                .expectBody("traceId", matchesRegex("[0-9a-f]{32}"))
                .build();
    }

    /// A `VALIDATION_ERROR` that names the field.
    public static ResponseSpecification invalid(String field) {
        return new ResponseSpecBuilder()
                .addResponseSpecification(problem(400, "VALIDATION_ERROR"))
                .expectBody("field", equalTo(field))
                .build();
    }

    public static ResponseSpecification unauthenticated() {
        return problem(401, "AUTHENTICATION_ERROR");
    }

    public static ResponseSpecification forbidden() {
        return problem(403, "AUTHORIZATION_ERROR");
    }

    public static ResponseSpecification notFound() {
        return problem(404, "NOT_FOUND");
    }

    public static ResponseSpecification conflict() {
        return problem(409, "CONFLICT");
    }
}
