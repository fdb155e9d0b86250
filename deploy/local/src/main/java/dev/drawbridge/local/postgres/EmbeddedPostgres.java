package dev.drawbridge.local.postgres;

import dev.drawbridge.local.home.Home;
import dev.drawbridge.local.home.PrivateFile;
import dev.drawbridge.local.home.Secrets;
import dev.drawbridge.local.process.Child;
import dev.drawbridge.local.process.Children;
import dev.drawbridge.local.process.Life;
import dev.drawbridge.local.process.Pause;
import dev.drawbridge.local.process.Ports;
import dev.drawbridge.local.report.LaunchException;
import dev.drawbridge.local.report.LogFile;
import dev.drawbridge.pgvector.Pgvector;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The PostgreSQL of a home: safe settings (checksums, fsync, SCRAM), data that stays, loopback
/// only.
public final class EmbeddedPostgres {
    public static final String NAME = "postgres";
    public static final int PORT = 15432;

    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);
    private static final Duration ORPHANS_PATIENCE = Duration.ofSeconds(15);

    private final Home home;
    private final Children children;
    private final DataFolder data;
    private final int port;

    public EmbeddedPostgres(Home home, Children children, Secrets secrets, int port) {
        this.home = home;
        this.children = children;
        this.data = new DataFolder(home, secrets);
        this.port = port;
    }

    public Datastore datastore() {
        return new Datastore(server(), "drawbridge", true);
    }

    /// Where this server finds pgvector.
    public Pgvector pgvector() {
        return new Pgvector(home.pgvector());
    }

    private Server server() {
        return new Server(
                "127.0.0.1", port, DataFolder.SUPERUSER, data.password(), Server.Tls.NONE);
    }

    /// The running server, if it is one of this home with these settings.
    public Optional<Child> running() {
        return children.find(NAME).filter(it -> it.fingerprint().equals(fingerprint()));
    }

    /// Starts the server and returns once it answers; for one that is not [#running()].
    public Child start() {
        children.find(NAME).ifPresent(outdated -> stop(children, outdated));
        data.requireOurs();
        stopUnrecorded(home.postgresData());
        Ports.requireFree(port, "PostgreSQL");
        var binaries = PostgresBinaries.unpacked(home);
        var runAs = data.prepare(binaries);
        return startPatiently(runAs.command(binaries.resolve("bin/postgres"), arguments()));
    }

    /// Fast shutdown: open transactions are rolled back, then a checkpoint is written.
    public static void stop(Children children, Child postgres) {
        children.send(postgres, "INT");
        if (!children.ends(postgres, STOP_PATIENCE)) {
            children.send(postgres, "QUIT");
        }
        children.stop(postgres, "QUIT", Duration.ofSeconds(10));
    }

    private String[] arguments() {
        var arguments = new ArrayList<>(List.of("-D", home.postgresData().toString()));
        for (String setting :
                List.of(
                        "port=" + port,
                        "listen_addresses=127.0.0.1",
                        "unix_socket_directories=",
                        "max_connections=200",
                        "shared_preload_libraries=pg_stat_statements",
                        "timezone=UTC",
                        "log_timezone=UTC")) {
            arguments.add("-c");
            arguments.add(setting);
        }
        // Whether its files are there or still to come: the server looks when it is asked.
        pgvector()
                .settings()
                .forEach((name, value) -> {
                    arguments.add("-c");
                    arguments.add(name + "=" + value);
                });
        return arguments.toArray(String[]::new);
    }

    private String fingerprint() {
        return PostgresBinaries.version() + " " + String.join(" ", arguments());
    }

    /// After a kill -9 of the server its sessions live on for a moment and still hold the shared
    /// memory; PostgreSQL refuses to start beside them, rightly.
    private Child startPatiently(List<String> command) {
        long deadline = System.nanoTime() + ORPHANS_PATIENCE.toNanos();
        while (true) {
            long logged = LogFile.size(home.log(NAME));
            var postgres = children.start(NAME, fingerprint(), command);
            if (answers(postgres)) {
                return postgres;
            }
            stop(children, postgres);
            String log = LogFile.since(home.log(NAME), logged);
            if (!log.contains("shared memory block") || System.nanoTime() > deadline) {
                throw new LaunchException("PostgreSQL does not start: " + LogFile.lastLines(log));
            }
            Pause.of(Duration.ofMillis(500));
        }
    }

    private boolean answers(Child postgres) {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (postgres.isAlive() && System.nanoTime() < deadline) {
            try (var _ = server().connect("postgres")) {
                return true;
            } catch (SQLException failure) {
                if ("28P01".equals(failure.getSQLState())) {
                    stop(children, postgres);
                    throw new LaunchException(
                            ("The data in %s were made with another password than the one in %s: "
                                            + "the two belong together.")
                                    .formatted(home.postgresData(), home.secrets()));
                }
                Pause.of(Duration.ofMillis(30));
            }
        }
        return false;
    }

    /// A server on this folder that is not on record (its record was deleted, or its launcher
    /// killed before writing it) is stopped. A `postmaster.pid` whose pid is taken, but by no
    /// server, would keep PostgreSQL from starting: it is removed, once no session of a killed
    /// server is left, because the file is also what tells the next server of them.
    private void stopUnrecorded(Path data) {
        var lock = data.resolve("postmaster.pid");
        var postmaster = Postmaster.read(lock);
        if (postmaster.filter(Postmaster::isPostgres).isPresent()) {
            stop(children, children.record(NAME, postmaster.get().process(), "lost"));
        } else if (postmaster.filter(Postmaster::isStale).isPresent()) {
            long deadline = System.nanoTime() + ORPHANS_PATIENCE.toNanos();
            while (Life.isIn(data)) {
                if (System.nanoTime() > deadline) {
                    throw new LaunchException(
                            ("Sessions of a PostgreSQL that was killed still run in %s; "
                                            + "end them first.")
                                    .formatted(data));
                }
                Pause.of(Duration.ofMillis(100));
            }
            PrivateFile.delete(lock);
        }
    }
}
