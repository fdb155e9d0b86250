package dev.drawbridge.system.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testkit.Secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// The whole suite, started once for all tests that ask for it, and stopped behind the last.
///
/// A key that signs is published 5 s ahead and not a minute. Statements may run
/// [#STATEMENT_TIMEOUT] here and not 30 s. It is longer than the 10 s after which no transaction of
/// a dead client may be left, so that the timeout cannot be what ended it.
public final class Suite implements AutoCloseable {
    public static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(12);

    /// Leaves the suite running, and takes the one that an earlier run left: for working on tests.
    private static final boolean KEEP = Boolean.getBoolean("drawbridge.suite.keep");

    private static final int PORT_OFFSET = Integer.getInteger("drawbridge.port-offset", 16_000);

    private final Home home;
    private final SignOnSettings signOn;
    private final Summary summary;
    private final Secrets secrets = new Secrets();
    private final Thread onExit = new Thread(this::stop, "stop the suite");

    private Suite(Home home) {
        this.home = home;
        this.signOn = SignOnSettings.of(home);
        Runtime.getRuntime().addShutdownHook(onExit);
        this.summary = up();
        secrets.addFiles(home.folder().resolve("secrets"));
        secrets.add(signOn.secret());
        summary.demo()
                .callers()
                .forEach(caller -> {
                    secrets.add(caller.password());
                    secrets.add(caller.token());
                });
        secrets.add(demo().password());
    }

    static Suite start() {
        return new Suite(
                KEEP ? Home.named("suite", PORT_OFFSET) : Home.fresh("suite", PORT_OFFSET));
    }

    /// Brings up whatever of it does not run.
    public Summary up() {
        var drawbridge =
                new Drawbridge()
                        .with(
                                "GATEWAY_TARGET_STATEMENT_TIMEOUT",
                                STATEMENT_TIMEOUT.toSeconds() + "s")
                        .with("AUTH_SIGNING_PUBLISH_AHEAD", "5s");
        signOn.environment(home).forEach(drawbridge::with);
        var outcome = drawbridge.run(home.up("--detach", "--json"));
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        return Summary.parse(outcome.stdout());
    }

    public Home home() {
        return home;
    }

    public Summary summary() {
        return summary;
    }

    /// The identity provider that it is configured for, running or not.
    public SignOnSettings signOn() {
        return signOn;
    }

    public Secrets secrets() {
        return secrets;
    }

    public String auth() {
        return summary.services().get("auth-service").url();
    }

    public String gateway() {
        return summary.services().get("mcp-gateway").url();
    }

    /// Health and metrics of a service.
    public String management(String service) {
        int port = service.equals("mcp-gateway") ? Home.GATEWAY : Home.AUTH;
        return "http://127.0.0.1:" + (port + home.portOffset() + 1000);
    }

    /// The demo's connection id.
    public String connection() {
        return summary.demo().connection();
    }

    public Summary.Caller caller(String name) {
        return summary.demo().callers().stream()
                .filter(caller -> caller.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    public String adminPassword() {
        try {
            return Files.readString(Path.of(summary.admin().passwordFile())).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The demo database as the agents' role reads it.
    public Database demo() {
        return Database.of(summary.demo().dsn());
    }

    /// What the services keep, as the server's superuser sees it.
    public Database datastore() {
        return server().in("drawbridge");
    }

    /// The server as its superuser sees it.
    public Database server() {
        try {
            var password = home.folder().resolve("secrets/postgres");
            return demo().as("postgres", Files.readString(password).strip());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(onExit);
        stop();
        if (KEEP) {
            return;
        }
        assertThat(home.busyPorts()).as("ports that are still listened on").isEmpty();
    }

    private void stop() {
        if (!KEEP) {
            home.down();
        }
    }
}
