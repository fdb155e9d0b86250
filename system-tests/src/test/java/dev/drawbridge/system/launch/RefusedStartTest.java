package dev.drawbridge.system.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drawbridge.system.suite.Checkout;
import dev.drawbridge.system.suite.Drawbridge;
import dev.drawbridge.system.suite.Home;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// What keeps a suite from starting is said in one sentence, and nothing is left running.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedStartTest {
    private static final String SECRET = "not-to-be-shown";

    private final Home home = Home.fresh("refused", 12_000);

    @ParameterizedTest
    @ValueSource(ints = {Home.POSTGRES, Home.AUTH, Home.GATEWAY})
    void says_which_port_is_in_use(int port) throws IOException {
        int taken = port + home.portOffset();
        try (var _ = new ServerSocket(taken, 1, InetAddress.getLoopbackAddress())) {
            var up = new Drawbridge().run(home.up("--detach", "--no-demo"));

            refused(up, "ort " + taken);
        }
        assertThat(home.busyPorts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    nonsense                                       | postgresql://
                    mysql://user:not-to-be-shown@127.0.0.1:1/db    | postgresql://
                    postgresql://:not-to-be-shown@127.0.0.1:1/db   | user
                    postgresql://u:not-to-be-shown@127.0.0.1:1/db  | cannot be reached
                    postgresql://u:not-to-be-shown@no.invalid/db   | cannot be reached
                    postgresql://u:not-to-be-shown@h/db?ssl=maybe  | ssl
                    postgresql://u:not-to-be-shown%@127.0.0.1:1/db | percent
                    """)
    void says_what_is_wrong_with_a_datastore_url(String url, String word) {
        var up = new Drawbridge().run(home.up("--detach", "--datastore", url));

        refused(up, word);
        assertThat(up.stdout() + up.stderr()).doesNotContain(SECRET);
    }

    @Test
    void says_that_node_is_missing() throws IOException {
        var up = new Drawbridge().with("PATH", pathWithout(Set.of("node", "npm"))).run(up());

        refused(up, "Node.js 20");
    }

    @Test
    void says_that_node_is_too_old() throws IOException {
        var folder = Path.of(pathWithout(Set.of("node")));
        Files.writeString(folder.resolve("node"), "#!/bin/sh\necho v18.20.0\n");
        assertThat(folder.resolve("node").toFile().setExecutable(true)).isTrue();

        var up = new Drawbridge().with("PATH", folder.toString()).run(up());

        refused(up, "18.20.0");
    }

    /// In a view of the file system where the usual folders are empty: JDKs are looked for there.
    @Test
    void says_that_no_jdk_is_there() throws IOException {
        String hide =
                """
                for folder in /usr/lib/jvm /usr/java /opt; do
                  [ ! -d "$folder" ] || mount -t tmpfs none "$folder" || exit 77
                done
                exec "$@"
                """;
        var up =
                new Drawbridge()
                        .behind("unshare", "--mount", "--map-root-user", "sh", "-c", hide, "sh")
                        .with("JAVA_HOME", "")
                        .with("HOME", Files.createTempDirectory(Checkout.target(), "h").toString())
                        .with("PATH", pathWithout(Set.of("java", "javac")))
                        .run(up());
        assumeTrue(!up.stderr().contains("unshare"), "no user namespaces here");
        assumeTrue(up.exitCode() != 77, "no mounts in a user namespace here");

        refused(up, "JDK 25");
    }

    /// In a view of the file system where the home is a small disk without room.
    @Test
    void says_that_the_disk_is_full() throws IOException {
        Files.createDirectories(home.folder());
        String fill =
                """
                mount -t tmpfs -o size=64k none "$1" || exit 77
                head -c 65536 /dev/zero >"$1/filler"
                shift
                exec "$@"
                """;
        var up =
                new Drawbridge()
                        .behind("unshare", "--mount", "--map-root-user", "sh", "-c", fill, "sh")
                        .behind(home.folder().toString())
                        .run(up());
        assumeTrue(!up.stderr().contains("unshare"), "no user namespaces here");
        assumeTrue(up.exitCode() != 77, "no mounts in a user namespace here");

        refused(up, "cannot be written: No space left on device");
    }

    @Test
    void says_which_service_it_does_not_know() {
        refused(new Drawbridge().run(home.up("--only", "mcp-gatway")), "mcp-gatway");
    }

    @Test
    void says_which_option_it_does_not_know() {
        var up = new Drawbridge().run(home.up("--detatch"));

        assertThat(up.exitCode()).isNotZero();
        assertThat(up.stderr()).contains("--detatch");
        assertThat(home.processes()).isEmpty();
    }

    private String[] up() {
        return home.up("--detach", "--no-demo");
    }

    private void refused(Drawbridge.Outcome up, String word) {
        assertThat(up.exitCode()).as(up.stderr()).isNotZero();
        assertThat(up.complaint()).as(up.stderr()).hasSize(1);
        assertThat(up.complaint().getFirst()).contains(word).endsWith(".");
        assertThat(up.stderr()).doesNotContain("Exception", "\tat ");
        assertThat(home.processes()).isEmpty();
    }

    /// A folder with links to everything that is on the usual path, but for these programs.
    private static String pathWithout(Set<String> programs) throws IOException {
        var folder = Files.createTempDirectory(Checkout.target(), "path");
        for (var usual : Set.of(Path.of("/usr/local/bin"), Path.of("/usr/bin"), Path.of("/bin"))) {
            try (var files = Files.list(usual)) {
                for (Path file : files.toList()) {
                    if (!programs.contains(file.getFileName().toString())) {
                        link(folder.resolve(file.getFileName()), file);
                    }
                }
            }
        }
        return folder.toString();
    }

    private static void link(Path link, Path file) throws IOException {
        try {
            Files.createSymbolicLink(link, file);
        } catch (FileAlreadyExistsException alsoElsewhere) {
            // the path has it twice
        }
    }
}
