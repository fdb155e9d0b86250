package dev.drawbridge.local.admin;

import dev.drawbridge.local.report.LaunchException;
import dev.drawbridge.local.toolbox.Toolbox;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;

/// What of a Toolbox configuration to import, and where to.
final class ImportOption {
    @Parameters(paramLabel = "<file>", description = "Toolbox's tools.yaml.")
    private Path file = Path.of("tools.yaml");

    @Option(
            names = "--connection",
            paramLabel = "<connection>",
            required = true,
            description = "The id or name of the connection that they run on.")
    private String connection = "";

    @Option(
            names = "--source",
            paramLabel = "<source>",
            description = "Only the tools of this source of the file.")
    private String source = "";

    @Option(names = "--dry-run", description = "Only say what would be defined.")
    private boolean dryRun;

    @Option(names = "--skip-refused", description = "Define those that are not refused.")
    private boolean skipRefused;

    private Toolbox.@Nullable Read read;

    /// Checks that all tools are of one source, as they are of one connection afterwards.
    void requireOneSource() {
        var sources = config().tools().stream().map(Toolbox.Tool::source).distinct().toList();
        if (source.isEmpty() && sources.size() > 1) {
            throw new LaunchException(
                    "These tools are of %d sources: choose one with --source, of %s."
                            .formatted(sources.size(), String.join(", ", sources)),
                    ExitCode.WRONG_INPUT);
        }
    }

    ToolImport.Report run(Session gateway) {
        String id = Session.id(gateway.connection(connection));
        return new ToolImport(gateway, id).run(config(), source, dryRun, skipRefused);
    }

    private Toolbox.Read config() {
        Toolbox.Read known = read == null ? new Toolbox(System.getenv()).read(file) : read;
        read = known;
        return known;
    }
}
