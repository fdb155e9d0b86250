package dev.drawbridge.system.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// As much of a browser as a sign-on needs: cookies by path, redirects, and forms, those that a
/// page sends by itself and those that a person fills in.
final class WebBrowser {
    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private static final int MOST_STEPS = 25;

    /// Where an MCP client would listen: the browser hands over and stops.
    static final String PROGRAM = "http://127.0.0.1:33418/callback";

    private static final Pattern FORM =
            Pattern.compile("<form[^>]*\\saction=\"([^\"]+)\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern INPUT = Pattern.compile("<input[^>]*>", Pattern.CASE_INSENSITIVE);

    private final List<HttpCookie> cookies = new ArrayList<>();

    /// What a browser shows, and under which address.
    record Page(URI address, int status, String body) {
        /// The address of the first link that holds this.
        URI link(String part) {
            var link = Pattern.compile("href=\"([^\"]*" + Pattern.quote(part) + "[^\"]*)\"");
            var found = link.matcher(body);
            if (!found.find()) {
                throw new AssertionError("no link with " + part + " at " + address + ":\n" + body);
            }
            return address.resolve(unescaped(found.group(1)));
        }

        boolean asksForPassword() {
            return body.contains("name=\"password\"");
        }

        private boolean sendsItself() {
            return body.contains("SAMLResponse") || body.contains("SAMLRequest");
        }

        private URI action() {
            var form = FORM.matcher(body);
            if (!form.find()) {
                throw new AssertionError("no form at " + address + ":\n" + body);
            }
            return address.resolve(unescaped(form.group(1)));
        }

        private Map<String, String> hidden() {
            Map<String, String> fields = new LinkedHashMap<>();
            INPUT.matcher(body)
                    .results()
                    .map(input -> input.group())
                    .filter(input -> input.toLowerCase(java.util.Locale.ROOT).contains("hidden"))
                    .forEach(input ->
                            attribute(input, "name")
                                    .ifPresent(name ->
                                            fields.put(
                                                    name, attribute(input, "value").orElse(""))));
            return fields;
        }

        private static Optional<String> attribute(String tag, String name) {
            var found =
                    Pattern.compile("\\s" + name + "=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE)
                            .matcher(tag);
            return found.find() ? Optional.of(unescaped(found.group(1))) : Optional.empty();
        }

        private static String unescaped(String html) {
            return html.replace("&quot;", "\"").replace("&#43;", "+").replace("&amp;", "&");
        }
    }

    /// The page behind an address and all its redirects.
    Page open(URI address) {
        return settle(send(HttpRequest.newBuilder(address).GET().build()));
    }

    /// The page behind a login form.
    Page signIn(Page login, String username, String password) {
        var fields = login.hidden();
        fields.put("username", username);
        fields.put("password", password);
        return post(login.action(), fields);
    }

    /// The value of a cookie, wherever it is sent.
    Optional<String> cookie(String name) {
        return cookies.stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst();
    }

    private Page post(URI address, Map<String, String> fields) {
        String body =
                fields.entrySet().stream()
                        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"));
        return settle(
                send(
                        HttpRequest.newBuilder(address)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build()));
    }

    private Page settle(HttpResponse<String> first) {
        HttpResponse<String> response = first;
        for (int step = 0; step < MOST_STEPS; step++) {
            Optional<String> location = response.headers().firstValue("Location");
            if (response.statusCode() / 100 == 3 && location.isPresent()) {
                URI next = response.uri().resolve(location.get());
                if (next.toString().startsWith(PROGRAM)) {
                    return new Page(next, response.statusCode(), "");
                }
                response = send(HttpRequest.newBuilder(next).GET().build());
                continue;
            }
            var page = new Page(response.uri(), response.statusCode(), response.body());
            return page.sendsItself() ? post(page.action(), page.hidden()) : page;
        }
        throw new AssertionError("redirects without end at " + response.uri());
    }

    private HttpResponse<String> send(HttpRequest request) {
        String sent =
                cookies.stream()
                        .filter(cookie -> request.uri().getPath().startsWith(cookie.getPath()))
                        .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                        .collect(Collectors.joining("; "));
        var complete = HttpRequest.newBuilder(request, (_, _) -> true);
        if (!sent.isEmpty()) {
            complete.header("Cookie", sent);
        }
        try {
            var response =
                    HTTP.send(
                            complete.timeout(Duration.ofMinutes(1)).build(),
                            HttpResponse.BodyHandlers.ofString());
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            return response;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void keep(String header) {
        HttpCookie cookie = HttpCookie.parse(header).getFirst();
        if (cookie.getPath() == null) {
            cookie.setPath("/");
        }
        cookies.removeIf(known ->
                known.getName().equals(cookie.getName())
                        && known.getPath().equals(cookie.getPath()));
        if (cookie.getMaxAge() != 0) {
            cookies.add(cookie);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
