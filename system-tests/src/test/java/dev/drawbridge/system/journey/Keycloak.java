package dev.drawbridge.system.journey;

import static io.restassured.RestAssured.given;

import dev.drawbridge.system.suite.Checkout;
import dev.drawbridge.system.suite.SignOnSettings;
import dev.drawbridge.system.suite.Suite;

import org.awaitility.Awaitility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Keycloak from its own distribution, with the realms of `resources/keycloak`: people to sign on,
/// and a partner's that is reached by SAML. Built once below `target`; in memory only.
final class Keycloak implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final List<String> JVM =
            List.of(
                    "-Xmx512m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                    "-Dpicocli.disable.closures=true",
                    "--add-opens=java.base/java.util=ALL-UNNAMED",
                    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                    "--add-opens=java.base/java.security=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--enable-native-access=ALL-UNNAMED");

    private static final String RUN = UUID.randomUUID().toString().substring(0, 8);

    private final Process process;
    private final String url;
    private final String password;
    private final Thread onExit;

    private Keycloak(Process process, String url, String password) {
        this.process = process;
        this.url = url;
        this.password = password;
        this.onExit = new Thread(process::destroyForcibly, "stop Keycloak");
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    static Keycloak start(Suite suite) {
        Path folder = folder();
        String url = suite.signOn().keycloak();
        String password = suite.secrets().add("pw-" + UUID.randomUUID());
        try {
            Path built = folder.resolve("data/built-with-cimd");
            if (!Files.exists(built)) {
                await(java(folder, "build", "--db=dev-mem", "--features=cimd"), "build");
                Files.createDirectories(built);
            }
            writeRealms(folder, suite, password);
            var starting =
                    java(
                            folder,
                            "start",
                            "--optimized",
                            "--cache=local",
                            "--http-enabled=true",
                            "--hostname-strict=false",
                            "--http-host=127.0.0.1",
                            "--http-port=" + URI.create(url).getPort(),
                            "--import-realm");
            starting.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
            starting.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", password);
            var keycloak = new Keycloak(starting.start(), url, password);
            keycloak.awaitReady();
            keycloak.admin().prepare(suite.summary().mcp());
            return keycloak;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The name that somebody of the realms has in this run: a kept suite knows those of others.
    String named(String person) {
        return person + "-" + RUN;
    }

    /// The password of everybody in it.
    String password() {
        return password;
    }

    /// An access token by a client that may ask for one with a password.
    String token(String client, String scope, String username) {
        return given().baseUri(url)
                .formParams(
                        "grant_type", "password",
                        "client_id", client,
                        "username", username,
                        "password", password,
                        "scope", scope)
                .post("/realms/drawbridge/protocol/openid-connect/token")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }

    /// An access token of the MCP client, by the session that a browser has here already.
    String token(WebBrowser browser) {
        // The example of RFC 7636 appendix B.
        var asked =
                Map.of(
                        "response_type", "code",
                        "client_id", "mcp-client",
                        "redirect_uri", WebBrowser.PROGRAM,
                        "scope", "openid+dbread",
                        "code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                        "code_challenge_method", "S256");
        String query =
                asked.entrySet().stream()
                        .map(it -> it.getKey() + "=" + it.getValue())
                        .collect(Collectors.joining("&"));
        String oidc = url + "/realms/drawbridge/protocol/openid-connect";
        String back = browser.open(URI.create(oidc + "/auth?" + query)).address().getQuery();
        return given().formParams(
                        "grant_type", "authorization_code",
                        "client_id", "mcp-client",
                        "redirect_uri", WebBrowser.PROGRAM,
                        "code", back.replaceFirst(".*\\bcode=([^&]+).*", "$1"),
                        "code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
                .post(oidc + "/token")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }

    /// Whoever administers it.
    KeycloakAdmin admin() {
        return new KeycloakAdmin(url, password);
    }

    private void awaitReady() {
        Awaitility.await("Keycloak at " + url)
                .atMost(PATIENCE)
                .failFast("Keycloak ended; see " + log(), () -> !process.isAlive())
                .ignoreExceptionsMatching(failure -> failure instanceof ConnectException)
                .until(() -> given().get(url + "/realms/drawbridge").statusCode() == 200);
    }

    private static Path folder() {
        try (var found = Files.list(Checkout.target().resolve("keycloak"))) {
            return found.filter(Files::isDirectory).findFirst().orElseThrow();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path log() {
        return Checkout.target().resolve("keycloak/keycloak.log");
    }

    private static ProcessBuilder java(Path folder, String... arguments) {
        var command = new java.util.ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(JVM);
        command.add("-Dkc.home.dir=" + folder);
        command.add("-Djboss.server.config.dir=" + folder.resolve("conf"));
        command.addAll(List.of("-cp", folder.resolve("lib/quarkus-run.jar").toString()));
        command.add("io.quarkus.bootstrap.runner.QuarkusEntryPoint");
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    }

    private static void await(ProcessBuilder builder, String what) throws IOException {
        try {
            if (builder.start().waitFor() != 0) {
                throw new AssertionError("Keycloak's " + what + " failed; see " + log());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static void writeRealms(Path folder, Suite suite, String password) throws IOException {
        SignOnSettings signOn = suite.signOn();
        var values =
                Map.of(
                        "@{auth}", suite.auth(),
                        "@{mcp}", suite.summary().mcp(),
                        "@{keycloak}", signOn.keycloak(),
                        "@{secret}", suite.secrets().add(signOn.secret()),
                        "@{run}", RUN,
                        "@{password}", password);
        Path imports = Files.createDirectories(folder.resolve("data/import"));
        for (String realm : List.of("drawbridge", "partner")) {
            Path source =
                    Checkout.root()
                            .resolve("system-tests/src/test/resources/keycloak/" + realm + ".json");
            String text = Files.readString(source);
            for (var value : values.entrySet()) {
                text = text.replace(value.getKey(), value.getValue());
            }
            Files.writeString(imports.resolve(realm + "-realm.json"), text);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
