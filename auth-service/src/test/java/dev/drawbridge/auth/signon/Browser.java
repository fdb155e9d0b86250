package dev.drawbridge.auth.signon;

import dev.drawbridge.testkit.Secrets;

import io.restassured.RestAssured;
import io.restassured.response.Response;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/// A browser: it keeps cookies and follows redirects when it is told to.
public final class Browser {
    public static final String SESSION = "__Host-drawbridge_session";
    private static final String PATH = "/api/v1/auth/oidc/";
    private final Map<String, String> cookies = new HashMap<>();

    /// The whole way; the answer of the callback.
    public Response signOn(String provider) {
        return callback(authorize(start(provider)));
    }

    public Response start(String provider) {
        return start(provider, null);
    }

    Response start(String provider, String redirect) {
        var request = RestAssured.given().redirects().follow(false);
        if (redirect != null) {
            request.queryParam("redirect", redirect);
        }
        return keep(request.get(PATH + provider + "/start"));
    }

    /// What the provider sends the browser back with.
    public URI authorize(Response started) {
        return authorize(URI.create(started.header("Location")));
    }

    URI authorize(URI location) {
        return URI.create(
                RestAssured.given()
                        .redirects()
                        .follow(false)
                        .urlEncodingEnabled(false)
                        .get(location)
                        .then()
                        .statusCode(302)
                        .extract()
                        .header("Location"));
    }

    public Response callback(URI back) {
        return callback(back.getRawPath() + "?" + back.getRawQuery());
    }

    public Response callback(String pathAndQuery) {
        return keep(
                RestAssured.given()
                        .redirects()
                        .follow(false)
                        .urlEncodingEnabled(false)
                        .cookies(cookies)
                        .get(pathAndQuery));
    }

    Response keep(Response response) {
        response.cookies().values().forEach(Secrets.ofThisRun()::add);
        cookies.putAll(response.cookies());
        return response;
    }

    Map<String, String> cookies() {
        return cookies;
    }

    /// The session of ours that it holds.
    public String session() {
        return cookies.get(SESSION);
    }
}
