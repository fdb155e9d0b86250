package dev.drawbridge.gateway;

import org.junit.jupiter.api.Assumptions;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A real PgBouncer before a server of this machine, with two sessions on it for each login. Where
/// there is no such program, the test that asks for one is skipped and says so.
public final class PgBouncer implements AutoCloseable {
    private final Process process;
    private final int port;

    private PgBouncer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// For the login `agent`.
    ///
    /// @param mode `session` or `transaction`
    /// @param ignored start-up parameters that it drops; it refuses all others that it does not
    ///   know
    public static PgBouncer start(int serverPort, String mode, String password, String dropped) {
        return start(serverPort, mode, Map.of("agent", password), dropped);
    }

    /// The same for several logins.
    ///
    /// @param logins with their passwords
    public static PgBouncer start(
            int serverPort, String mode, Map<String, String> logins, String dropped) {
        return start("port=" + serverPort, mode, logins, dropped, "");
    }

    /// The same for the login `agent`, with settings of its own.
    ///
    /// @param settings lines of its configuration
    public static PgBouncer with(int serverPort, String mode, String password, String settings) {
        return start("port=" + serverPort, mode, Map.of("agent", password), "", settings);
    }

    /// The same, signing in at the server as one login for all.
    public static PgBouncer startAs(
            String login, int serverPort, String mode, Map<String, String> logins) {
        return start("port=" + serverPort + " user=" + login, mode, logins, "", "");
    }

    private static PgBouncer start(
            String server, String mode, Map<String, String> logins, String dropped, String more) {
        Path program =
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, "pgbouncer"))
                        .filter(Files::isExecutable)
                        .findFirst()
                        .orElse(null);
        Assumptions.assumeTrue(
                program != null, "NOT TESTED against a pooler: there is no pgbouncer on the PATH");
        try {
            int port = freePort();
            Path folder =
                    Files.createTempDirectory(
                            "pgbouncer",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rwxr-xr-x")));
            Path users = write(folder, "users.txt", users(logins));
            Path settings =
                    write(
                            folder,
                            "pgbouncer.ini",
                            """
                            [databases]
                            * = host=127.0.0.1 %s
                            [pgbouncer]
                            listen_addr = 127.0.0.1
                            listen_port = %d
                            unix_socket_dir =
                            auth_type = scram-sha-256
                            auth_file = %s
                            pool_mode = %s
                            default_pool_size = 2
                            ignore_startup_parameters = %s
                            %s
                            """
                                    .formatted(server, port, users, mode, dropped, more));
            var bouncer = new PgBouncer(run(program, settings), port);
            bouncer.awaitReady();
            return bouncer;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String users(Map<String, String> logins) {
        return logins.entrySet().stream()
                .map(login -> "\"%s\" \"%s\"\n".formatted(login.getKey(), login.getValue()))
                .collect(Collectors.joining());
    }

    private static Process run(Path program, Path settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        if (System.getProperty("user.name").equals("root")) { // It refuses to run as root.
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(settings.toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(settings.resolveSibling("log").toFile())
                .start();
    }

    private void awaitReady() throws IOException {
        for (int i = 0; i < 100 && process.isAlive(); i++) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 100);
                return;
            } catch (IOException notYet) {
                pause();
            }
        }
        close();
        throw new IOException("pgbouncer does not start");
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Path write(Path folder, String name, String content) throws IOException {
        return Files.setPosixFilePermissions(
                Files.writeString(folder.resolve(name), content),
                PosixFilePermissions.fromString("rw-r--r--"));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
