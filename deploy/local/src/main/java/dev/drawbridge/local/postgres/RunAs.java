package dev.drawbridge.local.postgres;

import dev.drawbridge.local.process.Shell;
import dev.drawbridge.local.report.LaunchException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The words before PostgreSQL's programs that make them run as somebody whom PostgreSQL accepts:
/// it refuses root.
record RunAs(List<String> prefix, String owner) {
    private static final String NOBODY = "65534";

    /// Prepares the data folder's owner as well.
    ///
    /// - not root: as we are
    /// - root, where nobody's user can reach the folder: as that user
    /// - root, in a folder that others cannot enter: in a user namespace, where our files stay ours
    ///   and we count as nobody
    static RunAs choose(Path binaries, Path data) {
        if (!isRoot()) {
            return new RunAs(List.of(), "");
        }
        var nobody =
                new RunAs(
                        List.of(
                                "setpriv",
                                "--reuid=" + NOBODY,
                                "--regid=" + NOBODY,
                                "--clear-groups"),
                        NOBODY);
        nobody.handOver(data);
        if (nobody.works(binaries, data)) {
            return nobody;
        }
        var namespace = new RunAs(List.of("unshare", "-U"), "0");
        namespace.handOver(data);
        if (namespace.works(binaries, data)) {
            return namespace;
        }
        throw new LaunchException(
                ("PostgreSQL does not run as root, and neither setpriv (user %s cannot reach %s) "
                                + "nor unshare -U works here; start drawbridge as another user, "
                                + "or give it another PostgreSQL with --datastore.")
                        .formatted(NOBODY, data));
    }

    List<String> command(Path program, String... arguments) {
        var command = new ArrayList<>(prefix);
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return List.copyOf(command);
    }

    private boolean works(Path binaries, Path data) {
        return Shell.succeeds(command(binaries.resolve("bin/postgres"), "--version"))
                && Shell.succeeds(command(Path.of("test"), "-w", data.toString()));
    }

    private static boolean isRoot() {
        return Shell.run(List.of("id", "-u")).output().strip().equals("0");
    }

    /// Gives a file, or a folder with all below, to the user that PostgreSQL runs as.
    void handOver(Path path) {
        if (!owner.isEmpty()) {
            Shell.run(List.of("chown", "-R", owner + ":" + owner, path.toString()));
        }
    }
}
