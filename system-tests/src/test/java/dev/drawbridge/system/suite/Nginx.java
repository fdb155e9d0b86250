package dev.drawbridge.system.suite;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A real nginx before gateways, with the configuration that `deploy/nginx` recommends. Where there
/// is no such program, the test that asks for one is skipped and says so.
public final class Nginx implements AutoCloseable {
    private static final Path EXAMPLE = Path.of("deploy/nginx/drawbridge.conf");
    private static final int PATIENCE_MS = 5_000;

    private final Process process;
    private final Path folder;
    private final int port;

    private Nginx(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /// One before two gateways.
    ///
    /// @param host that both answer to
    public static Nginx before(int first, int second, String host) {
        Path program = program();
        try {
            int port = freePort();
            Path folder = Files.createTempDirectory(Checkout.target(), "nginx");
            String example = Files.readString(Checkout.root().resolve(EXAMPLE));
            Files.writeString(
                    folder.resolve("drawbridge.conf"),
                    example.replace("127.0.0.1:8081", "127.0.0.1:" + first)
                            .replace("127.0.0.1:8084", "127.0.0.1:" + second)
                            .replace("127.0.0.1:8080", "127.0.0.1:" + port)
                            .replace("$http_host", host));
            Files.writeString(folder.resolve("nginx.conf"), around(folder));
            var process =
                    new ProcessBuilder(
                                    program.toString(),
                                    "-p",
                                    folder.toString(),
                                    "-e",
                                    folder.resolve("error.log").toString(),
                                    "-c",
                                    folder.resolve("nginx.conf").toString())
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("output.log").toFile())
                            .start();
            var nginx = new Nginx(process, folder, port);
            nginx.awaitReady();
            return nginx;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path program() {
        Path program =
                Stream.concat(
                                Stream.of(System.getenv("PATH").split(":")),
                                Stream.of("/usr/sbin", "/usr/local/sbin"))
                        .map(place -> Path.of(place, "nginx"))
                        .filter(Files::isExecutable)
                        .findFirst()
                        .orElse(null);
        Assumptions.assumeTrue(
                program != null, "NOT TESTED behind a proxy: there is no nginx on the PATH");
        return program;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /// For each request, where it was sent: one gateway, or one after the other.
    public List<String> sentTo() {
        try {
            return Files.readAllLines(folder.resolve("access.log"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String around(Path folder) {
        return """
        daemon off;
        worker_processes 1;
        pid %1$s/nginx.pid;
        events {}
        http {
            log_format sent '$upstream_addr';
            access_log %1$s/access.log sent;
            client_body_temp_path %1$s/body;
            proxy_temp_path %1$s/proxy;
            fastcgi_temp_path %1$s/fastcgi;
            uwsgi_temp_path %1$s/uwsgi;
            scgi_temp_path %1$s/scgi;
            include %1$s/drawbridge.conf;
        }
        """
                .formatted(folder);
    }

    private void awaitReady() throws IOException {
        long end = System.currentTimeMillis() + PATIENCE_MS;
        while (process.isAlive() && System.currentTimeMillis() < end) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 100);
                return;
            } catch (IOException notYet) {
                Thread.onSpinWait();
            }
        }
        close();
        throw new IOException("nginx does not start: see " + folder);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
