package dev.drawbridge.system.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.system.rest.AuthApi;
import dev.drawbridge.system.suite.Checkout;
import dev.drawbridge.system.suite.Drawbridge;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// `./drawbridge tools import`: what Toolbox serves from a file and what we do are the same. It is
/// the Toolbox of the benchmarks, which is installed for it.
@WithSuite
class ToolboxImportTest {
    private static final Path CONFIG =
            Checkout.root().resolve("system-tests/src/test/resources/toolbox/tools.yaml");

    private static final List<String> TOOLS =
            List.of("search-products", "products_by_id", "cheaper_than", "quoted", "no_parameters");

    private final Suite suite;
    private final RequestSpecification admin;

    ToolboxImportTest(Suite suite) {
        this.suite = suite;
        var api = new AuthApi(suite);
        this.admin = api.gateway(api.admin());
    }

    @AfterEach
    void removed() {
        TOOLS.forEach(name -> admin.delete("/api/v1/mcp/tools/" + name));
    }

    @Test
    void the_same_calls_have_the_same_rows_in_both() {
        Assumptions.assumeTrue(RealToolbox.runsHere(), "no Toolbox for this machine");
        var imported = run("import", CONFIG.toString(), "--connection", suite.connection());
        assertThat(imported.exitCode()).as(imported.stderr()).isZero();
        assertThat(imported.stdout()).contains("Defined 5 tools");

        try (var toolbox = RealToolbox.start(CONFIG, suite.demo())) {
            for (var call : calls()) {
                List<Map<String, Object>> ours = rows(call.tool(), call.arguments());
                assertThat(ours)
                        .as(call.toString())
                        .isEqualTo(plain(toolbox.rows(call.tool(), call.arguments())))
                        .isNotEmpty();
            }
        }
    }

    private record Call(String tool, Map<String, Object> arguments) {}

    private List<Call> calls() {
        String category =
                String.valueOf(
                        suite.demo()
                                .query("select min(category) from retail.products")
                                .getFirst()
                                .getFirst());
        String brand =
                String.valueOf(
                        suite.demo()
                                .query(
                                        "select min(brand) from retail.products where category = ?",
                                        category)
                                .getFirst()
                                .getFirst());
        return List.of(
                new Call("search-products", Map.of("category", category)),
                new Call("search-products", Map.of("category", category, "most", 7)),
                new Call("search-products", Map.of("category", category, "brand", brand)),
                new Call("products_by_id", Map.of("ids", List.of(3, 1, 2))),
                new Call("cheaper_than", Map.of("price", 19.5)),
                new Call("cheaper_than", Map.of("price", 100, "flag", true)),
                new Call("quoted", Map.of("id", 5)),
                new Call("no_parameters", Map.of()));
    }

    @Test
    void a_dry_run_defines_nothing_and_says_what_it_would() {
        var tried =
                run("import", CONFIG.toString(), "--connection", suite.connection(), "--dry-run");

        assertThat(tried.exitCode()).as(tried.stderr()).isZero();
        assertThat(tried.stdout()).contains("Could define 5 tools").contains("quoted");
        assertThat(run("list").stdout()).doesNotContain("cheaper_than");
    }

    @Test
    void one_that_is_refused_keeps_the_others_from_being_defined() throws java.io.IOException {
        Path config = Checkout.target().resolve("refused-tools.yaml");
        java.nio.file.Files.writeString(
                config,
                """
                sources:
                  demo: {kind: postgres, host: x, port: 5432, database: x, user: x, password: x}
                tools:
                  good_one: {kind: postgres-sql, source: demo, description: x, statement: select 1}
                  bad_one:
                    kind: postgres-sql
                    source: demo
                    description: x
                    statement: select * from nowhere
                """);

        var refused = run("import", config.toString(), "--connection", suite.connection());

        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.stdout()).contains("bad_one").contains("nowhere");
        assertThat(run("list").stdout()).doesNotContain("good_one");
        var some =
                run(
                        "import",
                        config.toString(),
                        "--connection",
                        suite.connection(),
                        "--skip-refused");
        assertThat(some.exitCode()).as(some.stderr()).isZero();
        assertThat(run("list").stdout()).contains("good_one").contains("ok");
        var again = run("import", config.toString(), "--connection", suite.connection());
        assertThat(again.stdout()).contains("tool good_one: there is one of that name");
        assertThat(run("remove", "good_one").exitCode()).isZero();
        assertThat(run("list").stdout()).doesNotContain("good_one");
    }

    private List<Map<String, Object>> rows(String tool, Map<String, Object> arguments) {
        JsonPath answer =
                admin.body(Map.of("name", tool, "arguments", arguments))
                        .post("/api/v1/mcp/tools/call")
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath();
        List<String> names = answer.getList("structuredContent.columns.name");
        List<List<Object>> rows = answer.getList("structuredContent.rows");
        List<Map<String, Object>> named = new ArrayList<>();
        for (List<Object> row : rows) {
            Map<String, Object> one = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                one.put(names.get(i), row.get(i));
            }
            named.add(one);
        }
        return plain(named);
    }

    /// Numbers by their value.
    private static List<Map<String, Object>> plain(List<Map<String, Object>> rows) {
        List<Map<String, Object>> plain = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            Map<String, Object> one = new LinkedHashMap<>();
            row.forEach((name, value) -> one.put(name, plain(value)));
            plain.add(one);
        }
        return plain;
    }

    private static Object plain(Object value) {
        return value instanceof Number number
                ? new BigDecimal(number.toString()).stripTrailingZeros()
                : value;
    }

    private Drawbridge.Outcome run(String... command) {
        return new Drawbridge()
                .run(
                        Stream.concat(
                                        Stream.concat(Stream.of("tools"), Stream.of(command)),
                                        Stream.of("--home", suite.home().folder().toString()))
                                .toArray(String[]::new));
    }
}
