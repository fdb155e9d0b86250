package dev.drawbridge.auth;

import dev.drawbridge.testkit.Secrets;

import io.restassured.RestAssured;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// Every answer of the service, without the fields in which a good one hands out a secret. Those
/// are remembered as what they are.
final class Answers implements Filter {
    /// What a login, a new token, an exchange, an enrolment, a link, and the way to a provider are
    /// for.
    private static final Set<String> HANDED_OUT =
            Set.of("token", "access_token", "secret", "uri", "recoveryCodes", "link", "location");

    private final List<String> seen = new CopyOnWriteArrayList<>();

    List<String> seen() {
        return seen;
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request,
            FilterableResponseSpecification expected,
            FilterContext context) {
        Response response = context.next(request, expected);
        if (URI.create(request.getURI()).getPort() == RestAssured.port) {
            seen.add(response.statusCode() + rest(response) + redirect(request, response));
        }
        return response;
    }

    private static String rest(Response response) {
        String body = response.asString();
        if (response.statusCode() >= 300 || !body.startsWith("{")) {
            return body;
        }
        Secrets.ofThisRun().addAnswer(body);
        try {
            var json = new JsonObject(body);
            HANDED_OUT.forEach(json::remove);
            return json.encode();
        } catch (DecodeException none) {
            return body;
        }
    }

    /// The way to a provider takes the state along.
    private static String redirect(FilterableRequestSpecification request, Response response) {
        String location = response.header("Location");
        return location == null || request.getDerivedPath().endsWith("/start") ? "" : location;
    }
}
