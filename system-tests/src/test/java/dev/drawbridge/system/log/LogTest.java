package dev.drawbridge.system.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.drawbridge.system.mcp.McpHttp;
import dev.drawbridge.system.suite.Checkout;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;
import dev.drawbridge.testkit.Secrets;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What the suite wrote about itself, once all other tests have made it talk.
@WithSuite
@Order(Integer.MAX_VALUE)
class LogTest {
    private static final Pattern CREDENTIAL =
            Pattern.compile(
                    "db[ksr]_[0-9A-Za-z]{20}|dbl_[\\w-]{20}|eyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}");

    private final Suite suite;

    LogTest(Suite suite) {
        this.suite = suite;
    }

    @Test
    void no_log_holds_a_secret_of_this_run() throws IOException {
        var secrets = suite.secrets();
        var planted = new Secrets();
        planted.add("correct-horse");
        assertThat(planted.in("… correct-horse …")).hasSize(1);
        homes().forEach(home -> secrets.addFiles(home.resolve("secrets")));
        assertThat(secrets.count()).isGreaterThan(20);

        for (Path log : logs()) {
            assertThat(secrets.in(Files.readString(log))).as(log.toString()).isEmpty();
        }
    }

    @Test
    void no_log_holds_anything_that_looks_like_a_credential() throws IOException {
        assertThat(suite.caller("head-office").token()).containsPattern(CREDENTIAL);
        assertThat("#token=dbl_" + "A-_9".repeat(11)).containsPattern(CREDENTIAL);

        for (Path log : logs()) {
            assertThat(Files.readString(log)).as(log.toString()).doesNotContainPattern(CREDENTIAL);
        }
    }

    @Test
    void services_write_json_with_a_trace_id_where_a_request_is_at_work() throws IOException {
        McpHttp.to(suite.summary().mcp())
                .bearer(suite.caller("head-office").token())
                .post("{ this is no JSON");

        var lines = lines("mcp-gateway");

        assertThat(lines).allSatisfy(line -> assertThat(line.path("level").isTextual()).isTrue());
        assertThat(lines)
                .anySatisfy(line ->
                        assertThat(line.at("/mdc/traceId").asText()).matches("[0-9a-f]{32}"));
    }

    @Test
    void a_bad_token_writes_nothing() throws IOException {
        int before = lines("mcp-gateway").size();

        for (int i = 0; i < 5; i++) {
            McpHttp.to(suite.summary().mcp()).bearer("dbk_bad" + i).post(1, "ping", Map.of());
        }

        assertThat(lines("mcp-gateway")).hasSize(before);
    }

    @Test
    void no_service_reported_a_bug() throws IOException {
        for (String service : List.of("mcp-gateway", "auth-service")) {
            assertThat(lines(service))
                    .as(service)
                    .noneMatch(line -> line.path("level").asText().equals("ERROR"));
        }
    }

    /// The lines that the service wrote; the JVM's own are no JSON.
    private List<JsonNode> lines(String service) throws IOException {
        var json = new JsonMapper();
        var found = new java.util.ArrayList<JsonNode>();
        for (String line : Files.readAllLines(log(service))) {
            if (line.startsWith("{")) {
                found.add(json.readTree(line));
            }
        }
        return found;
    }

    private Path log(String service) {
        return suite.home().folder().resolve("logs").resolve(service + ".log");
    }

    /// Of the suite, and those that tests started beside it.
    private static List<Path> homes() throws IOException {
        try (var folders = Files.list(Checkout.target())) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve("secrets"))).toList();
        }
    }

    /// Of every home that tests started, and what the launcher said on standard error.
    private static List<Path> logs() throws IOException {
        try (var files = Files.walk(Checkout.target(), 3)) {
            var logs =
                    files.filter(file ->
                                    file.toString().matches(".*/logs/[^/]+|.*/commands/.*stderr"))
                            .toList();
            assertThat(logs).hasSizeGreaterThan(5);
            return logs;
        }
    }
}
