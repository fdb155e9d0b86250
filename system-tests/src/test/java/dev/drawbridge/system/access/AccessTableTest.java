package dev.drawbridge.system.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.system.rest.AuthApi;
import dev.drawbridge.system.suite.Checkout;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import io.restassured.specification.RequestSpecification;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who gets which answer: every operation of every service and every operation of MCP, asked by
/// everybody. What was seen is `docs/access.md`; an operation that is not in it, or that answers
/// otherwise, fails. With `-Ddrawbridge.docs=write` its tables are rewritten, for a reviewer to
/// read.
@WithSuite
class AccessTableTest {
    private static final String BEGIN = "<!-- seen by a test: begin -->\n";
    private static final String END = "<!-- seen by a test: end -->\n";

    /// What may be asked without a credential: to get one, to learn how, or with a link that is
    /// one.
    private static final Set<String> OPEN =
            Set.of(
                    "POST /api/v1/auth/login",
                    "POST /api/v1/auth/exchange",
                    "GET /api/v1/auth/jwks",
                    "POST /api/v1/auth/email/confirm",
                    "POST /api/v1/auth/invitations/accept",
                    "POST /api/v1/auth/password/forgot",
                    "POST /api/v1/auth/password/reset",
                    "POST /api/v1/auth/registration",
                    "POST /api/v1/auth/registration/complete",
                    "GET /api/v1/auth/oidc/providers",
                    "GET /api/v1/auth/oidc/{provider}/start",
                    "GET /api/v1/auth/oidc/{provider}/callback",
                    "POST /api/v1/auth/oidc/{provider}/backchannel-logout",
                    "GET /.well-known/oauth-protected-resource",
                    "GET /.well-known/oauth-protected-resource/mcp",
                    "GET /.well-known/oauth-protected-resource/mcp/v1");

    /// What answers nobody well here, not even an administrator: what is there at a provider, which
    /// does not run.
    private static final Set<String> WITHOUT_PROVIDER =
            Set.of(
                    "GET /api/v1/auth/oidc/{provider}/start",
                    "GET /api/v1/auth/oidc/{provider}/callback",
                    "POST /api/v1/auth/oidc/{provider}/link",
                    "POST /api/v1/auth/oidc/{provider}/backchannel-logout");

    private final Suite suite;
    private final Credentials credentials;
    private final Subjects subjects;

    AccessTableTest(Suite suite) {
        this.suite = suite;
        this.credentials = new Credentials(suite);
        this.subjects = new Subjects(suite, credentials);
    }

    @Test
    void everybody_gets_the_answer_that_the_table_says() throws IOException {
        Map<Operation, Map<Asker, Integer>> rest = new LinkedHashMap<>();
        for (Operation operation : Operation.all(suite)) {
            rest.put(operation, statuses(operation));
        }
        subjects.clear();
        var access = new McpAccess(suite, credentials);
        var mcp = access.answers();
        var document = Checkout.root().resolve("docs/access.md");
        String text = Files.readString(document);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        String seen =
                text.substring(0, begin)
                        + table("over REST", rest)
                        + "\n"
                        + table("over MCP", mcp)
                        + text.substring(text.indexOf(END));
        if ("write".equals(System.getProperty("drawbridge.docs"))) {
            Files.writeString(document, seen);
        }

        assertThat(rest.keySet().stream().map(Operation::toString))
                .as("what is asked, and what the classes declare")
                .containsExactlyInAnyOrderElementsOf(Endpoints.declared());
        assertThat(access.offered())
                .as("what MCP offers is asked for")
                .contains("tools")
                .allMatch(offer -> mcp.keySet().stream().anyMatch(row -> isOf(offer, row)));
        assertThat(rest).allSatisfy(AccessTableTest::nothingIsOpenThatShouldNotBe);
        assertThat(Files.readString(document)).isEqualTo(seen);
    }

    /// The methods of `completions` begin with `completion/`.
    private static boolean isOf(String offer, String row) {
        return row.startsWith(offer.replaceFirst("completions", "completion") + "/");
    }

    private static void nothingIsOpenThatShouldNotBe(
            Operation operation, Map<Asker, Integer> statuses) {
        assertThat(statuses)
                .as("%s: no operation fails", operation)
                .allSatisfy((_, status) -> assertThat(status).isLessThan(500));
        if (!OPEN.contains(operation.toString())) {
            assertThat(statuses.get(Asker.NOBODY)).as("%s: nobody", operation).isEqualTo(401);
        }
        if (operation.hasVariables()) {
            assertThat(statuses.get(Asker.STRANGER))
                    .as("%s: stranger", operation)
                    .isBetween(400, 499);
            if (!WITHOUT_PROVIDER.contains(operation.toString())) {
                assertThat(statuses.get(Asker.ADMIN))
                        .as("%s: admin, who may, of something that there is", operation)
                        .isBetween(200, 299);
            }
        }
    }

    private Map<Asker, Integer> statuses(Operation operation) {
        Map<Asker, Integer> statuses = new EnumMap<>(Asker.class);
        for (Asker asker : Asker.values()) {
            statuses.put(asker, ask(operation, asker));
        }
        return statuses;
    }

    private int ask(Operation operation, Asker asker) {
        var question = subjects.of(operation);
        var request = as(operation.service(), asker).header("If-Match", "*");
        boolean hasBody = !operation.method().equals("GET") && !operation.method().equals("DELETE");
        if (operation.path().endsWith("/exchange")) {
            request.contentType("application/x-www-form-urlencoded");
        } else if (hasBody) {
            request.body(question.body());
        }
        var answer = request.redirects().follow(false).request(operation.method(), question.path());
        if (String.valueOf(answer.contentType()).contains("json")) {
            suite.secrets().addAnswer(answer.asString());
        }
        boolean ends = operation.path().contains("logout") || operation.path().contains("sessions");
        if (ends && !operation.method().equals("GET")) {
            credentials.renew(asker);
        }
        return answer.statusCode();
    }

    private RequestSpecification as(String service, Asker asker) {
        var api = new AuthApi(suite);
        boolean gateway = service.equals("mcp-gateway");
        if (asker == Asker.NOBODY) {
            return gateway ? api.anonymousGateway() : api.anonymous();
        }
        String credential = credentials.of(asker);
        return gateway ? api.gateway(credential) : api.auth(credential);
    }

    private static String table(String how, Map<?, ? extends Map<Asker, ?>> answers) {
        String head =
                Stream.of(Asker.values()).map(Asker::title).collect(Collectors.joining(" | "));
        var table =
                new StringBuilder(
                        "| %s | %s |\n|---|%s\n"
                                .formatted(how, head, "---|".repeat(Asker.values().length)));
        answers.forEach((operation, seen) ->
                table.append("| `%s` | ".formatted(operation))
                        .append(
                                seen.values().stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(" | ")))
                        .append(" |\n"));
        return table.toString();
    }
}
