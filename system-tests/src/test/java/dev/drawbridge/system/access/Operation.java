package dev.drawbridge.system.access;

import static io.restassured.RestAssured.given;

import dev.drawbridge.system.suite.Suite;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One thing that can be asked of the suite over REST, as its services say of themselves.
///
/// @param path with its variables in braces
record Operation(String service, String method, String path) {

    /// All of them, in a fixed order.
    static List<Operation> all(Suite suite) {
        return Stream.of("auth-service", "mcp-gateway")
                .flatMap(service -> of(suite, service))
                .sorted(Comparator.comparing(Operation::path).thenComparing(Operation::method))
                .toList();
    }

    /// Whether it names something that exists or not.
    boolean hasVariables() {
        return path.contains("{");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }

    private static Stream<Operation> of(Suite suite, String service) {
        Map<String, Map<String, ?>> paths =
                given().baseUri(suite.management(service))
                        .accept("application/json")
                        .get("/q/openapi?format=json")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("paths");
        return paths.entrySet().stream()
                .flatMap(path ->
                        path.getValue().keySet().stream()
                                .filter(key -> !key.equals("parameters"))
                                .map(key ->
                                        new Operation(service, key.toUpperCase(), path.getKey())));
    }
}
